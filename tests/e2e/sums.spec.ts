// What a closed month, a year's end and the age of points do to the sums: the
// notice prints again as it was, December carries over, old points go first.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { addGoods, found, importHomes, recordPoints } from './support/village.ts';

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

/** Closes the month from the page of notices. */
async function closeMonth(page: Page, words: string): Promise<void> {
  await openApp(page, '#/points?part=closing');
  await button(page, `月结${words}`).click();
  await dialog(page, `月结${words}`).getByRole('button', { name: '确认月结' }).click();
  await saved(page);
  await expect(dialog(page, `月结${words}`)).toHaveCount(0);
}

/** The rows of the notice of this month. */
async function notice(page: Page, month: string): Promise<string[]> {
  await openApp(page, '#/points?part=closing');
  await page.getByLabel('月份').selectOption({ label: month });
  const sheet = page.locator('.placard');
  await expect(sheet.getByText(new RegExp(`第一网格 · ${month}`)).first()).toBeVisible();
  return sheet.locator('tbody tr').allInnerTexts();
}

test('the notice of a closed month prints as it was, whatever is recorded later', async ({ page }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await recordPoints(page, '2026-11-18', ['1-001', '1-002']);
  await setNow(page, '2026-12-05T09:00:00+08:00');
  await closeMonth(page, '2026年11月');
  const hung = await notice(page, '2026年11月');
  expect(hung[0]).toContain('王*山');
  await shot(page, 'notice-before');

  // He died in November, which is told in December; another household comes, and a unit.
  await openApp(page, '#/people');
  await page.getByRole('row').filter({ hasText: '1-001' }).getByRole('link').first().click();
  const panel = page.getByRole('region', { name: '这一户' });
  const choice = panel.getByLabel('个人资料');
  await expect(choice.locator('option').filter({ hasText: '王大山' }).first()).toBeAttached();
  const label = (await choice.locator('option').allTextContents()).find((text) => text.startsWith('王大山'));
  await choice.selectOption({ label: label ?? '' });
  await button(page, '登记变更').click();
  const change = dialog(page, /^登记变更/);
  await change.getByLabel('什么变更').selectOption({ label: '去世' });
  await change.getByLabel('从哪一天起').fill('2026-11-19');
  await change.getByRole('button', { name: '登记变更' }).click();
  await expect(change).toBeHidden();
  await saved(page);
  await importHomes(page, [['1-003', '陈秀云']]);

  await expect.poll(() => notice(page, '2026年11月')).toEqual(hung);
  await expect(page.getByText('公示期到 12月7日')).toBeVisible();
  await axe(page);
  await shot(page, 'notice-again');
  const next = await notice(page, '2026年12月');
  expect(next).toHaveLength(3);
  expect(next[0]).not.toContain('王*山');

  // The days of the notice and of objections go by.
  await setNow(page, '2026-12-20T09:00:00+08:00');
  await openApp(page, '#/');
  await notice(page, '2026年11月');
  await expect(page.getByText('公示期已满(12月7日),异议受理到 12月15日,已截止')).toBeVisible();
  await shot(page, 'notice-over');
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '李长河' }).click();
  await expect(page.getByRole('button', { name: /^冲正 / })).toHaveCount(1);
  await expect(page.getByRole('button', { name: /^异议 / })).toHaveCount(0);
});

test('closing December writes what is carried over', async ({ page }) => {
  await found(page, '柳湾村', '2026-12-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河'], ['1-003', '陈秀云']]);
  await recordPoints(page, '2026-12-18', ['1-001', '1-002']);
  await setNow(page, '2027-01-04T09:00:00+08:00');
  await recordPoints(page, '2027-01-03', ['1-001']);
  await openApp(page, '#/points?part=closing');
  await expect(page.getByText('有结余的各记一行「结转」,分数不变')).toBeVisible();
  await closeMonth(page, '2026年12月');
  await openApp(page, '#/points?part=year');
  await page.getByLabel('年份').selectOption({ label: '2026年' });
  await expect(page.getByText('12月已月结:2 户的结余各记了一行「结转」,转到 2027年。')).toBeVisible();
  await axe(page);
  await shot(page, 'year-carried');
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  const lines = page.getByRole('region', { name: '存折明细', exact: true });
  const carried = lines.getByRole('row').filter({ hasText: '结转' });
  await expect(carried).toHaveCount(1);
  await expect(carried).toContainText('2026年结余 5 分,转到 2027年');
  await expect(carried.getByRole('button')).toHaveCount(0);
  await axe(page);
  await shot(page, 'passbook-carried');
});

test('old points are asked for, and are not redeemed', async ({ page }) => {
  await found(page, '柳湾村', '2026-05-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await addGoods(page, '食盐', 20);
  await recordPoints(page, '2026-05-18', ['1-001', '1-002']);
  await setNow(page, '2026-11-20T09:00:00+08:00');
  await recordPoints(page, '2026-11-18', ['1-001']);
  await openApp(page, '#/points?part=settings');
  await page.getByLabel('没兑的积分').selectOption({ label: '几个月后过期,先得的先过期' });
  await page.getByRole('textbox', { name: '几个月后过期' }).fill('6');
  await expect(page.getByText('今天已过 6 个月的:2 户共 10 分,党员 0 人共 0 分')).toBeVisible();
  await button(page, '保存设置').click();
  await saved(page);
  const todo = page.getByRole('list', { name: '今天要办' }).getByRole('listitem').filter({ hasText: '记为过期' });
  await openApp(page, '#/');
  await expect(todo).toContainText('群众积分:2 户 10 分记为过期');
  await axe(page);
  await shot(page, 'expiry-todo');

  // Ten points in the book, five of them old: one piece, and no second.
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  await expect(page.getByText('分 · 可兑 5')).toBeVisible();
  await openApp(page, '#/hall');
  await page.getByLabel('找户').fill('1-001');
  await expect(page.getByText('1-001').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /王大山/ })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('有 5 分已经过期,能兑 5 分,这次要 10 分,还差 5 分。请减少物品。').first()).toBeVisible();
  await shot(page, 'expiry-refused');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/兑换了 5 分/).first()).toBeVisible();
  await saved(page);

  // The other household's are posted where the first page leads; then months can be closed.
  await openApp(page, '#/points?part=closing');
  await openApp(page, '#/');
  await expect(todo).toContainText('群众积分:1 户 5 分记为过期');
  await todo.getByRole('link').click();
  await button(page, '群众积分:1 户 5 分记为过期').click();
  await dialog(page, '积分过期').getByRole('button', { name: '确认过期' }).click();
  await saved(page);
  await openApp(page, '#/');
  await expect(page.getByText('今天要办').first()).toBeVisible();
  await expect(todo).toHaveCount(0);
});
