// A redemption day from the points to the signed sheet: the sums of points and
// goods agree, what they cost follows the rate, and the next quarter is estimated.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { found, importHomes, recordPoints, redeemOne, type Home } from './support/village.ts';

const HOMES: Home[] = [
  ['1-001', '王大山'], ['1-002', '李秋河'], ['1-003', '陈秀云'], ['1-004', '赵立春'], ['1-005', '孙三顺'], ['1-006', '周小满'],
];

/** Adds a kind of goods at 5 points and 5 元 each. */
async function addSalt(page: Page, stock: string): Promise<void> {
  await openApp(page, '#/goods');
  await saved(page);
  await button(page, '添加物品').first().click();
  const dialog = page.getByRole('dialog', { name: '添加物品' });
  for (const [label, text] of [['名称', '食盐 400 g'], ['积分单价', '5'], ['参考价(元)', '5'], ['期初库存', stock]] as const) {
    await dialog.getByLabel(label).fill(text);
  }
  await dialog.getByLabel('单位', { exact: true }).fill('袋');
  await dialog.getByRole('button', { name: '添加', exact: true }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

test('a drill: points and goods add up, and the next day is estimated from it', async ({ page }) => {
  await found(page, '柳湾村', '2026-08-10T09:00:00+08:00');
  await importHomes(page, HOMES);
  const numbers = HOMES.map(([number]) => number);
  await recordPoints(page, '2026-08-08', numbers);
  await recordPoints(page, '2026-08-09', numbers);
  await addSalt(page, '4');
  await openApp(page, '#/points?part=settings');
  await page.getByLabel('物品预算').fill('10');
  await button(page, '保存设置').click();
  await expect(page.getByText('设置已保存').first()).toBeVisible();
  await saved(page);
  await openApp(page, '#/goods?part=ready');
  await expect(page.getByText('还没有兑换过,没有可以参照的数字。')).toBeVisible();
  for (const [number, head] of HOMES.slice(0, 4)) {
    await redeemOne(page, number, head);
  }
  // The fifth household finds nothing left.
  await openApp(page, '#/hall');
  await saved(page);
  await page.getByLabel('找户').fill('1-005');
  await page.getByLabel('找户').press('Enter');
  await expect(page.getByRole('heading', { name: /孙三顺/ })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: /食盐 400 g/ })).toContainText('0');
  await shot(page, 'drill-empty');

  await openApp(page, '#/signatures');
  await expect(page.getByText(/合计/).first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText('20');
  await openApp(page, '#/goods?part=days');
  await expect(page.getByText('开场 60 − 兑换 20 = 收场 40')).toBeVisible();
  await page.getByLabel('签领表合计(分)').fill('20');
  await page.getByLabel('食盐 400 g 实有数量').fill('0');
  await button(page, '收场对账').click();
  await expect(page.getByText('已收场对账,可以打印对账单签字。').first()).toBeVisible();
  await saved(page);
  const salt = page.getByRole('row', { name: /食盐 400 g\(袋\)/ });
  await expect(salt.getByRole('cell')).toHaveText(['食盐 400 g(袋)', '4', '', '4', '0', '0', '0']);
  await axe(page);
  await shot(page, 'drill-closed');

  // In the next quarter 40 points are out, of 60 then: two thirds of 4, rounded up.
  await setNow(page, '2026-11-10T09:00:00+08:00');
  await openApp(page, '#/goods?part=ready');
  const demand = page.getByRole('table', { name: '按上次兑换估算的需求' });
  await expect(demand.getByRole('row', { name: /食盐/ }).getByRole('cell')).toHaveText([
    /食盐 400 g\s*上次兑完了,可能要得更多/, '4', '3', '0', '差 3 袋',
  ]);
  await expect(page.getByText('估计兑换 14 分 · 补齐约需 15 元,比预算多 5 元')).toBeVisible();
  await axe(page);
  await shot(page, 'drill-demand');

  // The year by quarters: of six households all scored in the third, none in the fourth.
  await openApp(page, '#/points?part=year');
  const sums = page.getByRole('table', { name: '2026年群众积分按月、按季汇总' });
  const line = (name: RegExp) => sums.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(line(/第三季度/)).toContainText('6 / 6');
  await expect(line(/第三季度/)).toContainText('60');
  await expect(line(/第四季度/)).toContainText('0 / 6');
  await axe(page);
  await shot(page, 'drill-year');
});
