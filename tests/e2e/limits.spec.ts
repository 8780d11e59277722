// What a rule book allows: so often a week, a quarter, a year, so much in a
// category, between two days; and the same act under different types of member.

import type { Locator, Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { adoptRules, editRules, found, importHomes, recordPoints } from './support/village.ts';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** Puts an item into the draft that is open: label of a field, and what is typed there. */
async function addItem(page: Page, fields: [label: string | RegExp, text: string][], more?: (dialog: Locator) => Promise<void>) {
  await button(page, '添加事项').click();
  const dialog = page.getByRole('dialog', { name: '添加事项' });
  for (const [label, text] of fields) await dialog.getByLabel(label).fill(text);
  await more?.(dialog);
  await dialog.getByRole('button', { name: '放进草稿' }).click();
  await expect(dialog).toBeHidden();
}

/** Adopts the draft from this day on. */
async function adopt(page: Page, effective: string): Promise<void> {
  await adoptRules(page, effective);
  await expect(page.getByText('新版细则已启用').first()).toBeVisible();
  await saved(page);
}

/** The form for an activity of this item and day, with these accounts in it. */
async function activity(page: Page, date: string, item: string, numbers: string[], members = false): Promise<Locator> {
  await openApp(page, members ? '#/points?members=1' : '#/points');
  await saved(page);
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await dialog.getByLabel('日期').fill(date);
  const select = dialog.getByLabel('事项', { exact: true });
  const option = select.locator('option', { hasText: item }).first();
  await select.selectOption((await option.getAttribute('value')) ?? '');
  const finder = dialog.getByLabel(members ? '找党员' : '找户');
  for (const number of numbers) {
    await finder.fill(number);
    await finder.press('Enter');
    await expect(dialog.getByRole('status').filter({ hasText: `${number}` })).toContainText('已加');
  }
  return dialog;
}

/** The household is not taken in for this item and day, with this sentence. */
async function full(page: Page, date: string, item: string, words: string): Promise<void> {
  const dialog = await activity(page, date, item, []);
  await dialog.getByLabel('找户').fill('1-001');
  await dialog.getByLabel('找户').press('Enter');
  await expect(dialog.getByRole('status').filter({ hasText: '1-001' })).toHaveText(`王大山(1-001) ${words}`);
  await shot(page, 'limits-full');
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(dialog).toBeHidden();
}

test('so often a week, a quarter, a year, and so much in a category', async ({ page }) => {
  await found(page, '柳湾村', '2026-06-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await editRules(page);
  await addItem(page, [['事项名称', '上夜校'], [/^分值/, '2'], ['上限', '每周1次']]);
  await addItem(page, [['事项名称', '学雷锋'], [/^分值/, '3'], ['上限', '每季2次']]);
  await addItem(page, [['事项名称', '健康体检'], [/^分值/, '5'], ['上限', '每年1次']], async (dialog) => {
    await dialog.getByLabel('另立一类').fill('健康');
  });
  await addItem(page, [['事项名称', '接种疫苗'], [/^分值/, '4']], async (dialog) => {
    await dialog.getByRole('combobox', { name: /^类别/ }).selectOption({ label: '健康' });
  });
  await page.getByText('类别合计上限').click();
  await page.getByLabel('健康', { exact: true }).fill('每月 8 分');
  await page.getByLabel('健康', { exact: true }).blur();
  await axe(page);
  await shot(page, 'limits-draft');
  await adopt(page, '2026-07-01');

  // Monday and Friday of one week, Monday of the next.
  await setNow(page, '2026-12-20T09:00:00+08:00');
  await recordPoints(page, '2026-07-06', ['1-001'], '上夜校');
  await full(page, '2026-07-10', '上夜校', '当周已满,没有加进名单。');
  await recordPoints(page, '2026-07-13', ['1-001'], '上夜校');
  // The quarter ends with September.
  await recordPoints(page, '2026-07-06', ['1-001'], '学雷锋');
  await recordPoints(page, '2026-09-30', ['1-001'], '学雷锋');
  await full(page, '2026-08-01', '学雷锋', '当季已满,没有加进名单。');
  await recordPoints(page, '2026-10-01', ['1-001'], '学雷锋');
  // Of a category all items count together: 5 and then 4 is more than 8 in a month.
  await recordPoints(page, '2026-10-08', ['1-001'], '健康体检');
  await full(page, '2026-12-08', '健康体检', '本年已满,没有加进名单。');
  await full(page, '2026-10-09', '接种疫苗', '当月已满,没有加进名单。');
  await recordPoints(page, '2026-11-09', ['1-001'], '接种疫苗');
  await expect(row(page, '王大山')).toContainText('22');
});

test('an item counts from one day to another', async ({ page }) => {
  await found(page, '柳湾村', '2026-06-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山']]);
  await editRules(page);
  await addItem(page, [
    ['事项名称', '堤坝看护'], [/^分值/, '5'], ['从哪天起计分', '2026-07-01'], ['到哪天为止', '2026-08-31'],
  ]);
  await adopt(page, '2026-06-25');
  await setNow(page, '2026-09-20T09:00:00+08:00');
  await openApp(page, '#/points');
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  const offered = dialog.getByLabel('事项', { exact: true }).locator('option', { hasText: '堤坝看护' });
  for (const [date, count] of [['2026-06-30', 0], ['2026-07-01', 1], ['2026-08-31', 1], ['2026-09-01', 0]] as const) {
    await dialog.getByLabel('日期').fill(date);
    await expect(offered).toHaveCount(count);
  }
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(dialog).toBeHidden();
  await recordPoints(page, '2026-08-31', ['1-001'], '堤坝看护');
  await expect(row(page, '王大山')).toContainText('5');
});

test('the same act scores differently by type of member', async ({ page }) => {
  await found(page, '柳湾村', '2026-06-20T09:00:00+08:00');
  const more = (kind: string) => ({ phone: '', kind, address: '' });
  for (const [number, head, kind] of [
    ['1-001', '王大山', '联户党员'], ['1-002', '李长河', '流动党员'], ['1-003', '陈秀云', '年老体弱党员'],
  ] as const) {
    await importHomes(page, [[number, head]], more(kind));
    await openApp(page, '#/people');
  }
  await editRules(page, 'members=1&');
  await addItem(page, [
    ['事项名称', '参加主题党日'], [/^分值/, '2'], [/^单独分值/, '流动党员+5、年老体弱党员+3'],
  ]);
  await adopt(page, '2026-07-01');
  await setNow(page, '2026-07-10T09:00:00+08:00');
  const dialog = await activity(page, '2026-07-08', '参加主题党日', ['王大山', '李长河', '陈秀云'], true);
  await axe(page);
  await shot(page, 'limits-by-type');
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
  for (const [name, points] of [['王大山', '+2'], ['李长河', '+5'], ['陈秀云', '+3']] as const) {
    await openApp(page, '#/points?members=1');
    await page.getByRole('link', { name }).first().click();
    const lines = page.getByRole('region', { name: '存折明细', exact: true });
    await expect(lines.getByRole('row', { name: /参加主题党日/ })).toContainText(points);
  }
});
