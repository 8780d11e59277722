// 十户单元: proposed and recorded, headed, filled from the list of households,
// and seen where points are ranked and hung on the wall.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, lookUp, saved } from './support/faults.ts';
import { found, importHomes, recordPoints, type Home } from './support/village.ts';

const units = (page: Page) => page.getByRole('region', { name: '十户单元', exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const told = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();

test('a grid is divided into units, which get heads', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/people?part=grids');
  await expect(units(page).getByRole('heading', { name: /第一网格的十户单元/ })).toContainText('10 个 · 103 户都已编入');
  await axe(page);
  await shot(page, 'units-grid');

  // The third grid has none: what would be recorded is shown first.
  await page.getByRole('link', { name: '第三网格' }).click();
  await expect(units(page).getByText('这个网格还没有十户单元。')).toBeVisible();
  await shot(page, 'units-none');
  await units(page).getByRole('button', { name: '自动编单元' }).click();
  await expect(dialog(page).getByRole('row')).toHaveCount(11);
  await expect(dialog(page).getByText('共 103 户。现在还没有记录')).toBeVisible();
  await dialog(page).getByLabel('每个单元大约几户').fill('12');
  await expect(dialog(page).getByRole('row')).toHaveCount(10);
  await dialog(page).getByLabel('每个单元大约几户').fill('31');
  await expect(dialog(page).getByRole('button', { name: '编成 0 个单元' })).toBeDisabled();
  await dialog(page).getByLabel('每个单元大约几户').fill('10');
  await axe(page);
  await shot(page, 'units-arrange');
  await dialog(page).getByRole('button', { name: '编成 10 个单元' }).click();
  await told(page, '已编成 10 个单元。');
  await saved(page);
  await expect(units(page).getByRole('row')).toHaveCount(11);

  // A head and a name; a name that is taken is refused.
  await units(page).getByRole('button', { name: '改第2单元' }).click();
  await dialog(page).getByLabel('名称').fill('第1单元');
  await dialog(page).getByRole('button', { name: '保存' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('这个网格已经有「第1单元」了');
  await dialog(page).getByLabel('名称').fill('河东片');
  // What is corrected is not held against the user any more.
  await expect(dialog(page).getByRole('alert')).toBeHidden();
  const head = dialog(page).getByLabel('十户长');
  const label = (await head.locator('option').nth(1).textContent()) ?? '';
  await head.selectOption({ label });
  await axe(page);
  await shot(page, 'unit-dialog');
  await dialog(page).getByRole('button', { name: '保存' }).click();
  await saved(page);
  const row = units(page).getByRole('row').filter({ hasText: '河东片' });
  await expect(row).toContainText(label.split('(')[0]!);

  // It is found by its name, and its households are listed.
  await lookUp(page, 'hdp', /河东片/);
  await shot(page, 'unit-search');
  await page.keyboard.press('Enter');
  await expect(page.getByText('合计 11 户')).toBeVisible();
  await expect(page.getByRole('combobox', { name: '十户单元' })).toHaveValue(/\d+/);
});

test('many households are placed at once, and one unit is dissolved', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/people?part=grids');
  await page.getByRole('link', { name: '第四网格' }).click();
  await units(page).getByRole('button', { name: '添加单元' }).click();
  await dialog(page).getByLabel('名称').fill('西坡');
  await dialog(page).getByRole('button', { name: '添加单元' }).click();
  await saved(page);

  await page.getByRole('link', { name: '看未编的 102 户' }).click();
  await expect(page.getByText('合计 102 户')).toBeVisible();
  await page.getByRole('button', { name: '勾选几户,编入十户单元' }).click();
  await page.getByRole('checkbox', { name: '勾选 4-001' }).click();
  await page.getByRole('checkbox', { name: '勾选 4-011' }).click({ modifiers: ['Shift'] });
  await page.getByRole('checkbox', { name: '勾选 4-005' }).click();
  await expect(page.getByText('已勾选 10 户')).toBeVisible();
  await axe(page);
  await shot(page, 'units-placing');
  await page.getByRole('button', { name: '编入', exact: true }).click();
  await told(page, '10 户已编入西坡。');
  await saved(page);
  await expect(page.getByText('合计 92 户')).toBeVisible();

  // A household knows its unit, and is taken out again.
  const filter = page.getByRole('combobox', { name: '十户单元' });
  await filter.selectOption({ label: '西坡' });
  await expect(page.getByText('合计 10 户')).toBeVisible();
  await page.getByRole('link', { name: '4-001' }).click();
  await expect(page.getByRole('region', { name: '这一户' })).toContainText('十户单元 西坡 · 还没有定十户长');
  await shot(page, 'units-household');
  await page.getByRole('checkbox', { name: '勾选 4-001' }).click();
  await page.getByRole('button', { name: '移出单元' }).click();
  await expect(page.getByText('合计 9 户')).toBeVisible();

  await openApp(page, '#/people?part=grids');
  await page.getByRole('link', { name: '第四网格' }).click();
  await units(page).getByRole('button', { name: '改西坡' }).click();
  await button(page, '撤销这个单元').click();
  await expect(dialog(page).getByText('这 9 户不再编在任何单元里')).toBeVisible();
  await shot(page, 'unit-dissolve');
  await button(page, '确认撤销').click();
  await saved(page);
  await expect(units(page).getByText('这个网格还没有十户单元。')).toBeVisible();
});

test('units stand in the ranking and on the notice', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/points');
  await page.getByRole('navigation', { name: '按什么排' }).getByRole('link', { name: '十户单元' }).click();
  const table = page.getByRole('table', { name: '2026年第四季度单元户均得分排行' });
  await expect(table.getByRole('row')).toHaveCount(21);
  await expect(table.getByRole('row').nth(1)).toContainText(/%\(\d+\/\d+\)/);
  await axe(page);
  await shot(page, 'ranking-units');
  await page.getByRole('navigation', { name: '按什么排' }).getByRole('link', { name: '网格' }).click();
  await expect(page.getByRole('table', { name: '2026年第四季度网格户均得分排行' }).getByRole('row')).toHaveCount(5);
  await shot(page, 'ranking-grids');
  await page.getByRole('navigation', { name: '按什么排' }).getByRole('link', { name: '各户' }).click();
  await page.getByLabel('单元').selectOption({ label: '第二网格 第2单元' });
  await expect(page.getByText('共 10 户 · 按得分排列')).toBeVisible();
  await axe(page);
  await shot(page, 'ranking-in-unit');

  await openApp(page, '#/points?part=closing');
  await expect(page.getByRole('columnheader', { name: '十户' }).first()).toBeVisible();
  await expect(page.getByRole('cell', { name: '1单元' }).first()).toBeVisible();
  await axe(page);
  await shot(page, 'notice-units');
});

test('equal units share a place, and those of fewer than five households are greyed', async ({ page }) => {
  const homes = [...'甲乙丙丁戊己庚辛壬癸'].map((one, place): Home => [`1-${String(place + 1).padStart(3, '0')}`, `王${one}`]);
  const numbers = homes.map(([number]) => number);
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, homes);
  // Five, four, and one without points.
  const groups = [['东坡', numbers.slice(0, 5)], ['西坡', numbers.slice(5, 9)], ['南坡', numbers.slice(9)]] as const;
  for (const [name, of] of groups) {
    await openApp(page, '#/people?part=grids');
    await saved(page);
    await units(page).getByRole('button', { name: '添加单元' }).click();
    await dialog(page).getByLabel('名称').fill(name);
    await dialog(page).getByRole('button', { name: '添加单元' }).click();
    await expect(dialog(page)).toHaveCount(0);
    await saved(page);
    await page.getByRole('link', { name: /^看未编的/ }).click();
    await page.getByRole('button', { name: '勾选几户,编入十户单元' }).click();
    for (const number of of) await page.getByRole('checkbox', { name: `勾选 ${number}` }).click();
    await page.getByLabel('编入哪个单元').selectOption({ label: name });
    await page.getByRole('button', { name: '编入', exact: true }).click();
    await told(page, `${of.length} 户已编入${name}。`);
    await saved(page);
  }
  await recordPoints(page, '2026-11-18', numbers.slice(0, 9));

  await page.getByRole('navigation', { name: '按什么排' }).getByRole('link', { name: '十户单元' }).click();
  const table = page.getByRole('table', { name: '2026年第四季度单元户均得分排行' });
  await expect(table.getByRole('row')).toHaveCount(4);
  const line = (name: string) => table.getByRole('row').filter({ hasText: name }).getByRole('cell');
  for (const [name, place, ...figures] of [
    ['东坡', '1', '5', '100.00%(5/5)', '+25', '5.0'],
    ['西坡', '1', '4', '100.00%(4/4)', '+20', '5.0'],
    ['南坡', '3', '1', '0.00%(0/1)', '0', '0.0'],
  ] as const) {
    await expect(line(name)).toHaveText([place, name, '第一网格', '', ...figures]);
  }
  // Grey is seen in the figure and in the name, and said in words below.
  const colour = (name: string, cell: number) =>
    line(name).nth(cell).evaluate((one) => getComputedStyle(one.querySelector('a') ?? one).color);
  for (const cell of [1, 7]) {
    const [plain, four, one] = await Promise.all([colour('东坡', cell), colour('西坡', cell), colour('南坡', cell)]);
    expect(four, 'four households').not.toBe(plain);
    expect(one, 'one household').toBe(four);
  }
  await expect(page.getByText('灰色的单元不到 5 户,户均得分只作参考。')).toBeVisible();
  await axe(page);
  await shot(page, 'ranking-small-units');
});
