// Visits: a round by keyboard, the case and the points that come from it, what
// is struck out, linked households, and the coverage of the month.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, saved } from './support/faults.ts';

const list = (page: Page) => page.getByRole('region', { name: '走访清单' });

/** Types into a box, waits for its first hit, and takes it. */
async function take(page: Page, label: string, typed: string, hit: RegExp): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(typed);
  await expect(page.getByRole('option', { selected: true }).filter({ hasText: hit })).toBeVisible();
  await page.keyboard.press('Enter');
}

test('a round by keyboard, a case and points from it, one struck out', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/visits');
  await expect(list(page)).toBeVisible();
  await expect(page.getByRole('table', { name: '各网格的走访覆盖率' }).getByText('全村')).toBeVisible();
  await axe(page);
  await shot(page, 'visits');

  // What is missing of a grid, household by household.
  const covered = page.getByRole('table', { name: '各网格的走访覆盖率' }).getByRole('row').filter({ hasText: '第四网格' });
  const missed = (await covered.getByRole('link').nth(1).innerText()).trim();
  await covered.getByRole('link').nth(1).click();
  await expect(page.getByText(`没有走到的 ${missed}`)).toBeVisible();
  await expect(page.getByRole('region', { name: '没走到的户' }).getByRole('link').first()).toHaveText(/^4-/);
  await axe(page);
  await shot(page, 'visits-missed');
  await page.getByRole('link', { name: /^没走到的户,点一下去掉/ }).click();
  await page.getByLabel('网格').selectOption('');
  await expect(list(page)).toBeVisible();

  // The first linked member whose month is not complete.
  const members = page.getByRole('list', { name: '各党员的联系户' });
  const name = (await members.getByRole('link').first().innerText()).trim();
  await members.getByRole('link').first().click();
  const links = page.getByRole('region', { name: '联系户' });
  await expect(links.getByText('本月未走访').first()).toBeVisible();
  const due = await links.getByText('本月未走访').count();
  await axe(page);
  await shot(page, 'visits-member');

  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: '登记走访' });
  await take(page, '走访人', name, new RegExp(name));
  await expect(dialog.getByText('换一个')).toBeVisible();
  await expect(dialog.getByLabel('身份')).toHaveValue('0');
  await button(page, `加入本月没走访的联系户 ${due} 户`).click();
  await expect(dialog.getByText(`共 ${due} 户`)).toBeVisible();
  const note = dialog.getByPlaceholder('了解到的情况').first();
  await note.fill('屋后排水沟堵了,想请村里看看');
  await dialog.getByLabel(/三件事$/).first().selectOption({ label: '帮助' });
  await take(page, '找户', '2-017', /2-017/);
  await expect(dialog.getByText(`共 ${due + 1} 户`)).toBeVisible();
  await axe(page);
  await shot(page, 'visits-round');
  await page.getByLabel('找户', { exact: true }).press('Control+Enter');
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(links.getByText('本月未走访')).toHaveCount(0);

  // What is told in a visit becomes a case; both name each other.
  await list(page).getByRole('row').filter({ hasText: '屋后排水沟堵了' }).getByRole('link').click();
  const visit = page.getByRole('region', { name: '这次走访' });
  await visit.getByRole('button', { name: '开事项' }).click();
  const intake = page.getByRole('dialog', { name: '登记事项' });
  await expect(intake.getByLabel('详细情况')).toHaveValue('屋后排水沟堵了,想请村里看看');
  await expect(intake.getByLabel('反映人')).not.toHaveValue('');
  await intake.getByLabel('事项标题').fill('屋后排水沟疏通');
  await shot(page, 'visits-intake');
  await intake.getByRole('button', { name: '登记', exact: true }).click();
  await expect(intake).toBeHidden();
  await saved(page);
  await visit.getByRole('link', { name: /^由此登记 \d+ 号事项$/ }).click();
  const sheet = page.getByRole('region', { name: '事项详情' });
  await expect(sheet.getByText('屋后排水沟疏通')).toBeVisible();
  await sheet.getByRole('link', { name: /^来自走访 11月22日/ }).click();
  await expect(visit).toBeVisible();

  // It earns a point, told of by one and entered by the other, which names the visit.
  await visit.getByRole('button', { name: '报走访分' }).click();
  await expect(visit.getByRole('alert')).toContainText('请先在左下角选经手人');
  await page.getByLabel('经手人').selectOption({ index: 1 });
  await visit.getByRole('button', { name: '报走访分' }).click();
  await expect(visit.getByRole('link', { name: '走访分已报待审' })).toBeVisible();
  await axe(page);
  await shot(page, 'visits-told');
  const there = page.url();
  await visit.getByRole('link', { name: '走访分已报待审' }).click();
  const told = page.getByRole('region', { name: '待审申报' });
  await expect(told.getByText(/来自走访 11月22日/)).toBeVisible();
  await expect(told.getByText('自己登记的,要别人审').first()).toBeVisible();
  await page.getByLabel('经手人').selectOption({ index: 2 });
  await told.getByRole('checkbox', { name: new RegExp(name) }).check();
  await shot(page, 'visits-review');
  await button(page, /^通过/).click();
  await expect(page.getByText('已通过 1 条。').first()).toBeVisible();
  await saved(page);
  await page.goto(there);
  await axe(page);
  await shot(page, 'visits-detail');
  await visit.getByRole('link', { name: `${name} 得走访分 +1` }).click();
  await expect(page.getByRole('table').getByText('走访联系户').first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^联系户 本月走访/ })).toBeVisible();
  await shot(page, 'visits-passbook');
  await page.getByRole('link', { name: /^来自走访 11月22日/ }).first().click();

  // Struck out, it stays and takes its point along.
  await visit.getByRole('button', { name: '作废' }).click();
  const strike = page.getByRole('dialog', { name: '作废这次走访' });
  await strike.getByRole('button', { name: '确认作废' }).click();
  await expect(strike.getByText('请填写作废的原因。')).toBeVisible();
  await strike.getByLabel('作废的原因').fill('登错了户');
  await axe(page);
  await shot(page, 'visits-strike');
  await strike.getByRole('button', { name: '确认作废' }).click();
  await expect(strike).toBeHidden();
  await saved(page);
  await expect(visit.getByText('已作废:登错了户')).toBeVisible();
  await expect(visit.getByRole('link', { name: /得走访分/ })).toHaveCount(0);
  await shot(page, 'visits-struck');

  await openApp(page, '#/people?household=' + (await household(page, '2-017')));
  const home = page.getByRole('region', { name: '这一户' });
  await expect(home.getByRole('link', { name: `11月22日 ${name}` })).toBeVisible();
  await axe(page);
  await shot(page, 'visits-household');
});

/** The id of the household in the address of its page. */
async function household(page: Page, number: string): Promise<string> {
  await openApp(page, '#/people');
  const href = await page.getByRole('link', { name: number, exact: true }).getAttribute('href');
  return href?.split('household=')[1] ?? '';
}

test('points of a month are proposed, and recorded when confirmed', async ({ page }) => {
  await setNow(page, '2026-11-30T10:00:00+08:00');
  await demo(page);
  await page.getByLabel('经手人').selectOption({ index: 1 });
  await openApp(page, '#/visits');
  await button(page, '走访积分').click();
  const dialog = page.getByRole('dialog', { name: '走访积分 2026年11月' });
  const each = dialog.getByRole('region', { name: /^走访联系户/ });
  const full = dialog.getByRole('region', { name: /^当月联系户全走访/ });
  await expect(each.getByRole('listitem').getByRole('checkbox').first()).toBeChecked();
  const count = await each.getByRole('listitem').getByRole('checkbox').count();
  await axe(page);
  await shot(page, 'visits-points');
  await each.getByRole('listitem').getByRole('checkbox').first().uncheck();
  // Single visits are told of where it takes two; the month as a whole is counted.
  await each.getByRole('button', { name: `给这 ${count - 1} 人先报待审` }).click();
  await saved(page);
  await expect(each.getByRole('listitem').getByRole('checkbox')).toHaveCount(1);
  await each.getByRole('button', { name: '给这 1 人先报待审' }).click();
  await expect(each).toHaveCount(0);
  await full.getByRole('button', { name: /^给这 \d+ 人登记加分$/ }).click();
  await saved(page);
  await expect(full).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a member gets households, and gives one back', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/people?part=members');
  await expect(page.getByRole('link', { name: '未联系' }).first()).toBeVisible();
  await axe(page);
  await shot(page, 'visits-members');
  const row = page.getByRole('row').filter({ hasText: '无职党员' }).first();
  await row.getByRole('link', { name: '未联系' }).click();
  const links = page.getByRole('region', { name: '联系户' });
  await links.getByRole('button', { name: '增加联系户' }).click();
  const dialog = page.getByRole('dialog', { name: /增加联系户$/ });
  await take(page, '找户', '4-090', /4-090/);
  await take(page, '找户', '4-091', /4-091/);
  await axe(page);
  await shot(page, 'visits-link');
  await dialog.getByRole('button', { name: '联系这 2 户' }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(links.getByText('联系 2 户,本月走访 0 / 2')).toBeVisible();
  await links.getByRole('button', { name: /^结束联系 4-090/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '结束联系' }).click();
  await saved(page);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(links.getByText('联系 1 户,本月走访 0 / 1')).toBeVisible();
  await expect(links.getByText('今天止', { exact: true })).toBeVisible();
  await shot(page, 'visits-member-two');
});

test('the sheet for those who go with paper', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/diary');
  await expect(page.getByRole('heading', { name: '柳湾村民情日记' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(13);
  await page.getByLabel('给谁用').selectOption({ index: 1 });
  await expect(page.getByRole('cell', { name: /^\d-\d{3}$/ }).first()).toBeVisible();
  await axe(page);
  await shot(page, 'visits-diary');
});
