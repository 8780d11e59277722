// Points with which a household begins, places that are shared, and a veto that
// takes what there was.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, saved } from './support/faults.ts';
import { addGoods, found, importHomes, recordPoints } from './support/village.ts';

const told = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();
const lines = (page: Page) => page.getByRole('region', { name: '存折明细', exact: true });

test('households that come later begin with points, and equal points share a place', async ({ page }) => {
  await found(page, '柳湾村', '2026-10-10T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await openApp(page, '#/points?part=settings');
  await page.getByLabel('群众的起始分').fill('20');
  await button(page, '保存设置').click();
  await told(page, '设置已保存');
  await saved(page);
  await importHomes(page, [['1-003', '陈秀云'], ['1-004', '赵立春'], ['1-005', '孙三顺']]);
  await recordPoints(page, '2026-10-08', ['1-001', '1-003']);
  const table = page.getByRole('table', { name: /积分排行/ });
  // Points to begin with are no score: two share the first place, and three the third.
  const place = (name: string) => table.getByRole('row').filter({ hasText: name }).getByRole('cell').first();
  for (const [name, words] of [
    ['王大山', '1 / 5'], ['陈秀云', '1 / 5'], ['李长河', '3 / 5'], ['赵立春', '3 / 5'], ['孙三顺', '3 / 5'],
  ] as const) {
    await expect(place(name)).toHaveText(words);
  }
  await axe(page);
  await shot(page, 'ranking-ties');
  await page.getByRole('link', { name: '赵立春' }).first().click();
  await expect(lines(page).getByRole('row', { name: /起始分/ })).toContainText('+20');
  await expect(lines(page).locator('tbody .table__strong').first()).toHaveText('20');
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).first().click();
  await expect(lines(page).locator('tbody tr')).toHaveCount(1);
  await expect(lines(page).getByText('起始分')).toHaveCount(0);
});

test('a veto that clears posts a line, and revoking it leaves what happened', async ({ page }) => {
  await found(page, '柳湾村', '2026-10-10T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await addGoods(page, '食盐', 10);
  await recordPoints(page, '2026-10-08', ['1-001', '1-002']);
  await recordPoints(page, '2026-10-09', ['1-001', '1-002']);
  await openApp(page, '#/points?part=vetoes');
  await button(page, '登记一票否决').click();
  const form = page.getByRole('dialog', { name: '登记一票否决' });
  await form.getByLabel('找户').fill('1-001');
  await form.getByRole('button', { name: /王大山/ }).click();
  await form.getByLabel('理由').fill('焚烧秸秆引发火情');
  await form.getByLabel('文号').fill('柳村发〔3〕号');
  await form.getByLabel(/清零/).check();
  await axe(page);
  await shot(page, 'veto-clears');
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await told(page, '已登记对 王大山 的一票否决');
  await saved(page);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).first().click();
  await expect(lines(page).getByRole('row', { name: /清零/ })).toContainText('−10');
  await expect(lines(page).locator('tbody .table__strong').first()).toHaveText('0');
  await shot(page, 'veto-cleared-passbook');

  // Logging goes on; revoked, what was earned since may be redeemed, and the line stays.
  await setNow(page, '2026-10-20T09:00:00+08:00');
  await recordPoints(page, '2026-10-19', ['1-001']);
  const atDesk = async () => {
    await openApp(page, '#/hall');
    await saved(page);
    await page.getByLabel('找户').fill('1-001');
    await expect(page.getByRole('option', { name: /1-001/ })).toBeVisible();
    await page.getByLabel('找户').press('Enter');
    await expect(page.getByRole('heading', { name: /王大山/ })).toBeVisible();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
  };
  await atDesk();
  await expect(page.getByRole('alert').filter({ hasText: '柳村发〔3〕号' })).toBeVisible();
  await openApp(page, '#/points?part=vetoes');
  await page.getByRole('link', { name: '王大山' }).click();
  await button(page, '撤销否决').click();
  const revoke = page.getByRole('dialog', { name: '撤销否决' });
  await revoke.getByLabel('撤销的文号').fill('柳村发〔4〕号');
  await revoke.getByLabel('撤销的原因').fill('复查合格');
  await revoke.getByRole('button', { name: '撤销否决' }).click();
  await told(page, '否决已撤销');
  await saved(page);
  await atDesk();
  await expect(page.getByText(/兑换了 5 分/).first()).toBeVisible();
  await saved(page);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王大山' }).first().click();
  await expect(lines(page).getByRole('row', { name: /清零/ })).toContainText('−10');
  await expect(lines(page).locator('tbody .table__strong').first()).toHaveText('0');
});
