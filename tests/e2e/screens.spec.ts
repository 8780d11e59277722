// Every screen with the demo village: axe-core finds nothing, and a picture is
// kept in shots/ to be looked at.

import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { lookUp } from './support/faults.ts';

const screens: [string, string, RegExp][] = [
  ['overview', '#/', /今天要办/],
  ['cases', '#/cases', /未办结/],
  ['cases-all', '#/cases?all=1', /未办结/],
  ['points', '#/points', /排行/],
  ['points-members', '#/points?members=1', /排行/],
  ['rules', '#/points?rules=1', /环境整治/],
  ['goods', '#/goods', /开始兑换/],
  ['hall', '#/hall', /积分兑换日/],
  ['signatures', '#/signatures', /签领表/],
  ['people', '#/people', /2-017/],
  ['members', '#/people?part=members', /联户党员/],
  ['grids', '#/people?part=grids', /第一网格/],
  ['import', '#/import', /选择花名册文件/],
  ['reports', '#/reports', /签领表/],
  ['data', '#/data', /下载保存文件/],
];

test('every screen of the demo village', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await openApp(page);
  await expect(page.getByRole('button', { name: '进演示村看看' })).toBeVisible();
  await shot(page, 'first-run');
  await axe(page);
  await page.getByRole('button', { name: '进演示村看看' }).click();
  await expect(page.getByText('今天要办').first()).toBeVisible();
  for (const [name, route, words] of screens) {
    await test.step(name, async () => {
      await openApp(page, route);
      await expect(page.getByText(words).first()).toBeVisible();
      await axe(page);
      await shot(page, name);
    });
  }
});

test('dialogs and details', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await openApp(page);
  await page.getByRole('button', { name: '进演示村看看' }).click();
  await expect(page.getByText('今天要办').first()).toBeVisible();

  await openApp(page, '#/cases');
  await page.getByRole('region', { name: '事项清单' }).getByRole('link').first().click();
  await expect(page.getByRole('region', { name: '事项详情' })).toBeVisible();
  await axe(page);
  await shot(page, 'case-detail');
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: '登记事项' })).toBeVisible();
  await axe(page);
  await shot(page, 'intake');

  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王海林' }).first().click();
  await expect(page.getByRole('cell', { name: /调解/ }).first()).toBeVisible();
  await axe(page);
  await shot(page, 'passbook-demo');
  await page.getByRole('button', { name: '登记活动' }).click();
  await expect(page.getByRole('dialog', { name: '登记活动' })).toBeVisible();
  await axe(page);
  await shot(page, 'activity');

  await openApp(page, '#/hall');
  await page.getByLabel('找户').fill('whl');
  await expect(page.getByRole('option', { name: /王海林/ })).toBeVisible();
  await page.getByLabel('找户').press('Enter');
  await expect(page.getByRole('heading', { name: /王海林/ })).toBeVisible();
  await page.keyboard.press('1');
  await axe(page);
  await shot(page, 'hall-basket');

  await openApp(page, '#/people');
  await lookUp(page, 'whl', '王海林');
  await shot(page, 'search');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: '这一户' }).getByText('王海林').first()).toBeVisible();
  await axe(page);
  await shot(page, 'household');
});
