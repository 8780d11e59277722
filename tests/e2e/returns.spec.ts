// What was redeemed is handed back after its day and its month were closed: the
// reason is asked for, points and goods come back today, and what was closed stays.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { addGoods, found, importHomes, recordPoints, redeemOne } from './support/village.ts';

const book = (page: Page) => page.getByRole('region', { name: '存折明细', exact: true });

async function closeMonth(page: Page, month: string): Promise<void> {
  await openApp(page, '#/points?part=closing');
  await page.getByLabel('月份').selectOption({ label: month });
  await button(page, `月结${month}`).click();
  const ask = page.getByRole('dialog', { name: `月结${month}` });
  await ask.getByRole('button', { name: '确认月结' }).click();
  await expect(ask).toHaveCount(0);
  await saved(page);
}

test('goods of a closed month are handed back today', async ({ page }) => {
  await found(page, '柳湾村', '2026-09-26T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await addGoods(page, '食盐 400 g', 9);
  await recordPoints(page, '2026-09-20', ['1-001', '1-002']);
  await redeemOne(page, '1-001', '王大山');
  // On the day itself it is undone at the desk, and not handed back.
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  await expect(book(page).getByRole('cell', { name: '兑换', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^退还/ })).toHaveCount(0);
  await openApp(page, '#/goods?part=days');
  await page.getByLabel('签领表合计(分)').fill('5');
  await page.getByRole('textbox', { name: /实有数量$/ }).fill('8');
  await button(page, '收场对账').click();
  await expect(page.getByText('已收场对账,可以打印对账单签字。').first()).toBeVisible();
  await setNow(page, '2026-10-09T09:00:00+08:00');
  await closeMonth(page, '2026年9月');
  const notice = await page.locator('.placard tbody').innerText();

  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).click();
  await button(page, '退还 9月26日 兑换').click();
  const dialog = page.getByRole('dialog', { name: '退还兑换的物品' });
  await expect(dialog).toContainText('9月26日 兑换 食盐 400 g ×1,5 分');
  await expect(dialog).toContainText('结余由 0 分变为 5 分');
  await button(page, '确认退还').click();
  await expect(dialog.getByRole('alert')).toContainText('请填写退还的原因。');
  await axe(page);
  await shot(page, 'return-dialog');
  await dialog.getByLabel('退还的原因').fill('受潮结块');
  await button(page, '确认退还').click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(book(page).getByRole('row', { name: /退还 9月26日 兑换的 食盐 400 g ×1,受潮结块/ })).toContainText('+5');
  await expect(book(page).getByText('10月9日退还', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^退还|^冲正 今天/ })).toHaveCount(0);
  // What came back is a figure of its own: nothing was redeemed below zero.
  const sum = (name: string) => page.locator('.passbook__sum').filter({ hasText: name });
  await expect(sum('本季兑换')).toHaveText('本季兑换0');
  await expect(sum('本季退还')).toHaveText('本季退还+5');
  await axe(page);
  await shot(page, 'return-passbook');
  await openApp(page, '#/points');
  await expect(page.getByRole('row', { name: /王大山/ })).toContainText('退 5');
  await shot(page, 'return-ranking');
  await openApp(page, '#/points?part=year');
  const months = page.getByRole('table', { name: /按月、按季汇总/ });
  await expect(months.getByRole('columnheader', { name: '退还' })).toBeVisible();
  await expect(months.getByRole('row', { name: /^10月 1 0 0 0 5 0/ })).toBeVisible();
  await axe(page);
  await shot(page, 'return-year');

  // The salt is back; its day and the notice of its month are as they were.
  await openApp(page, '#/goods');
  await page.getByRole('link', { name: '食盐 400 g' }).click();
  await expect(page.getByText('退还 · 9月26日兑换的')).toBeVisible();
  await expect(page.getByRole('row', { name: /退还 · 9月26日兑换的/ })).toContainText('9');
  await shot(page, 'return-stock');
  await openApp(page, '#/goods?part=days');
  await expect(page.getByText('已收场对账').first()).toBeVisible();
  await openApp(page, '#/points?part=closing');
  await page.getByLabel('月份').selectOption({ label: '2026年9月' });
  await expect.poll(() => page.locator('.placard tbody').innerText()).toBe(notice);
  await page.getByLabel('月份').selectOption({ label: '2026年10月' });
  await expect(page.locator('.placard tbody').getByRole('row', { name: /王大山|王\*山/ })).toContainText('退还 5 分');
  await shot(page, 'return-notice');
  await openApp(page, '#/data');
  await button(page, '开始核对').click();
  await expect(page.getByText(/全部 [\d,]+ 笔记录都没有被改动过/)).toBeVisible();
  await expect(page.getByText('兑换日没有变动').first()).toBeVisible();
});
