// What a year has left in the demo village, in both ledgers: photos, claims,
// objections, a veto with an appeal, a reopened day; a veto on a member from
// the form to the honours, and names masked or whole on the notice.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, reload, setNow, shot, test } from './support/app.ts';
import { button, demo, saved } from './support/faults.ts';

const told = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();

/** The demo village as it is made on 22 November 2026. */
async function demoVillage(page: Page): Promise<void> {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
}

test('photos are in the passbook and in the queue', async ({ page }) => {
  await demoVillage(page);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王海林' }).first().click();
  const book = page.getByRole('region', { name: '存折明细', exact: true });
  await expect(book.getByRole('img')).toHaveCount(1);
  await axe(page);
  await shot(page, 'demo-passbook');
  await book.getByRole('button', { name: '看第 1 张照片' }).click();
  const picture = page.getByRole('dialog', { name: '凭据照片' }).getByRole('img');
  await expect(picture).toHaveJSProperty('naturalWidth', 200);
  await shot(page, 'demo-photo');
  await page.keyboard.press('Escape');

  await openApp(page, '#/points?part=review');
  await expect(page.getByRole('region', { name: '待审申报' }).getByRole('img')).toHaveCount(1);
  await shot(page, 'demo-review');
  await openApp(page, '#/points?part=review&members=1');
  await expect(page.getByRole('region', { name: '待审申报' }).getByRole('checkbox')).toHaveCount(4);
  await expect(page.getByRole('row', { name: /为民代办/ })).toContainText('已入账');
  await axe(page);
  await shot(page, 'demo-review-members');
  // The pictures that are kept are those that were recorded.
  await openApp(page, '#/data');
  await button(page, '开始核对').click();
  await expect(page.getByText(/全部 [\d,]+ 笔记录都没有被改动过/)).toBeVisible();
  await expect(page.getByText(/照片/).first()).toBeVisible();
  await shot(page, 'demo-verify');
});

test('the ranking of another quarter', async ({ page }) => {
  await demoVillage(page);
  await openApp(page, '#/points');
  const heads = page.getByRole('table', { name: /积分排行/ }).getByRole('columnheader');
  await expect(heads).toHaveText(['位次', '户号', '户主', '网格 · 单元', '加分', '扣分', '得分', '兑换', '现在结余']);
  const first = page.getByRole('table', { name: /积分排行/ }).getByRole('row').nth(1);
  const now = await first.innerText();
  await axe(page);
  await shot(page, 'ranking');
  await page.getByLabel('季度').selectOption({ label: '2026年第二季度' });
  await expect(page).toHaveURL(/period=2026q2/);
  await expect(first).not.toHaveText(now.replaceAll('\t', ''));
  const then = await first.innerText();
  await expect(first.getByRole('cell').first()).toHaveText(/^1 \/ 4\d\d$/);
  await shot(page, 'ranking-quarter');
  // It is in the address: the other ledger keeps it, and so does loading anew.
  await page.getByRole('link', { name: '党员积分' }).click();
  await expect(page).toHaveURL(/members=1&period=2026q2/);
  await page.getByRole('link', { name: '群众积分' }).click();
  await reload(page);
  await expect(first).toHaveText(then.replaceAll('\t', ''));
  await page.getByRole('navigation', { name: '按什么排' }).getByRole('link', { name: '网格' }).click();
  await expect(page.getByRole('table', { name: '2026年第二季度网格户均得分排行' })).toBeVisible();
  await page.getByRole('navigation', { name: '按什么排' }).getByRole('link', { name: '各户' }).click();
  await page.getByLabel('季度').selectOption({ label: '2026年第四季度' });
  await expect(page).not.toHaveURL(/period/);
  await expect(first).toHaveText(now.replaceAll('\t', ''));
});

test('every page of both ledgers has something to show', async ({ page }) => {
  await demoVillage(page);
  const pages: [string, string, RegExp][] = [
    ['vetoes-members', '#/points?part=vetoes&members=1', /父亲住院要人照看/],
    ['year', '#/points?part=year', /全年/],
    ['year-members', '#/points?part=year&members=1', /全年/],
    ['closing', '#/points?part=closing', /邻居反映/],
    ['closing-members', '#/points?part=closing&members=1', /党员积分公示表/],
    ['settings', '#/points?part=settings', /设置/],
    ['days', '#/goods?part=days', /后来重新开场|已收场/],
    ['ready', '#/goods?part=ready', /估计兑换/],
    ['visits', '#/visits', /走访/],
    ['members', '#/people?part=members', /组织关系转出/],
    ['units', '#/people?part=units', /十户/],
    ['reports', '#/reports', /签领表/],
  ];
  for (const [name, route, words] of pages) {
    await test.step(name, async () => {
      await openApp(page, route);
      await expect(page.getByText(words).first()).toBeVisible();
      await axe(page);
      await shot(page, `demo-${name}`);
    });
  }
  await openApp(page, '#/goods');
  await page.getByRole('link', { name: '食盐 400 g' }).click();
  await expect(page.getByText('盘点 · 受潮结块 2 袋,已作报损')).toBeVisible();
  await shot(page, 'demo-stock');
  await openApp(page, '#/goods?part=days&day=2026-03-28');
  await page.getByText(/后来重新开场:.*签领表漏了一户,户主傍晚才赶到/).click();
  await axe(page);
  await shot(page, 'demo-reopened');
});

test('a veto on a member: no honours, and none of it after the revocation', async ({ page }) => {
  await demoVillage(page);
  await openApp(page, '#/people?part=members');
  const row = page.getByRole('row').filter({ hasText: '联户党员' }).first();
  const name = (await row.getByRole('link').first().innerText()).trim();
  await openApp(page, '#/points?part=vetoes&members=1');
  await expect(page.getByRole('region', { name: '这条否决' }).getByText(/柳村支发〔\d{4}〕2号/)).toBeVisible();
  await button(page, '登记一票否决').click();
  const form = page.getByRole('dialog', { name: '登记一票否决' });
  await form.getByLabel('找党员').fill(name);
  await form.getByRole('button', { name: new RegExp(name) }).first().click();
  await expect(form.getByLabel('作出决定的会议')).toHaveValue('支部党员大会');
  await form.getByLabel('理由').fill('酒后驾车被处罚,支部讨论通过');
  await form.getByLabel('文号').fill('柳村支发〔3〕号');
  await form.getByRole('checkbox', { name: '停兑', exact: true }).uncheck();
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await expect(form.getByRole('alert').filter({ hasText: '请至少选一种处理' })).toBeVisible();
  await form.getByRole('checkbox', { name: '停评优', exact: true }).check();
  await axe(page);
  await shot(page, 'member-veto-form');
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await told(page, `已登记对 ${name} 的一票否决。`);
  await saved(page);

  // It stands beside the name, in the list and in the passbook, and keeps the honours away.
  await openApp(page, '#/people?part=members');
  await expect(page.getByRole('row').filter({ hasText: name }).first()).toContainText('停评优');
  await page.getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByText(/停评优/).first()).toBeVisible();
  await shot(page, 'member-veto-passbook');
  await openApp(page, '#/points?part=year&members=1');
  await page.getByLabel('党员类型').selectOption({ label: '联户党员' });
  await expect(page.getByText('停评优(柳村支发〔3〕号)')).toBeVisible();
  await axe(page);
  await shot(page, 'member-veto-year');

  await openApp(page, '#/points?part=vetoes&members=1');
  await page.getByRole('link', { name, exact: true }).click();
  await button(page, '撤销否决').click();
  const revoke = page.getByRole('dialog', { name: '撤销否决' });
  await revoke.getByLabel('撤销的文号').fill('柳村支发〔4〕号');
  await revoke.getByLabel('撤销的原因').fill('处罚已被撤销');
  await revoke.getByRole('button', { name: '撤销否决' }).click();
  await told(page, '否决已撤销');
  await saved(page);
  await openApp(page, '#/points?part=year&members=1');
  await page.getByLabel('党员类型').selectOption({ label: '联户党员' });
  await expect(page.getByText('停评优(柳村支发〔3〕号)')).toHaveCount(0);
});

test('names on the notice are masked, or whole where the village wants it', async ({ page }) => {
  await demoVillage(page);
  await openApp(page, '#/points?part=closing');
  await page.getByLabel('网格').selectOption({ label: '第二网格' });
  const sheet = page.getByRole('region', { name: '公示表' });
  const row = sheet.getByRole('row').filter({ has: page.getByRole('cell', { name: '2-017' }) });
  await expect(row).toContainText('王*林');
  await expect(sheet.getByRole('cell', { name: '王海林' })).toHaveCount(0);
  await page.getByLabel('姓名').selectOption({ label: '写全名' });
  await expect(row).toContainText('王海林');
  await expect(sheet.getByRole('cell', { name: '王*林' })).toHaveCount(0);
  await axe(page);
  await shot(page, 'notice-whole');
  await page.getByLabel('姓名').selectOption({ label: '隐去一字(王*林)' });
  await expect(row).toContainText('王*林');

  // The same on the sheets of the members.
  await openApp(page, '#/points?part=closing&members=1');
  const names = sheet.getByRole('row').getByRole('cell').nth(1);
  await expect(names.first()).toHaveText(/\*/);
  await page.getByLabel('姓名').selectOption({ label: '写全名' });
  await expect(names.first()).not.toHaveText(/\*/);
  await shot(page, 'notice-members-whole');
});
