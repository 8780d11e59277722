// What happens at the desk beside the plain redemption: taking back, somebody
// else who collects, what is refused, goods from the tenth on; and two days in
// one quarter, each with the list whose sum its close-out asks for.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, saved, serve } from './support/faults.ts';
import { addGoods, found, importHomes, recordPoints, redeemOne } from './support/village.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const desk = (page: Page) => page.getByRole('region', { name: '本户' });
/** The row of the goods with this name at the desk. */
const row = (page: Page, name: string) => desk(page).getByRole('row', { name: new RegExp(name) });
/** What is in stock, as the desk says it. */
const stock = async (page: Page, name: string) => Number(await row(page, name).getByRole('cell').nth(4).textContent());
const balance = async (page: Page) => Number((await desk(page).locator('strong').textContent()) ?? '');

/** Changes what the goods cost, or how many of them a household gets. */
async function change(page: Page, name: RegExp, label: string, text: string): Promise<void> {
  await openApp(page, '#/goods');
  await page.getByRole('row', { name }).getByRole('button', { name: '更改' }).click();
  await dialog(page).getByLabel(label).fill(text);
  await button(page, '保存更改').click();
  await expect(dialog(page)).toHaveCount(0);
  await saved(page);
}

test('Ctrl+Z takes the last redemption back, at the price of then', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/hall');
  await serve(page, '2-017');
  const [had, lay] = [await balance(page), await stock(page, '食盐')];
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/兑换了 10 分/)).toBeVisible();
  await saved(page);

  // Meanwhile the goods cost more; what was taken was taken at 5.
  await change(page, /食盐/, '积分单价', '7');
  await openApp(page, '#/hall');
  await expect(page.getByText(/今天已兑/)).toContainText('10 分');
  await serve(page, '2-017');
  await expect.poll(() => balance(page)).toBe(had - 10);
  await expect.poll(() => stock(page, '食盐')).toBe(lay - 2);
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/已撤销 .*10 分和物品都已退回/)).toBeVisible();
  await saved(page);
  await expect(page.getByText(/今天已兑/)).toContainText('0 户');
  await expect.poll(() => balance(page)).toBe(had);
  await expect.poll(() => stock(page, '食盐')).toBe(lay);
  await shot(page, 'hall-undone');

  // In a field with text Ctrl+Z is the field's own, and nothing is left to take back.
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/兑换了 7 分/)).toBeVisible();
  await saved(page);
  await page.getByLabel('找户').fill('whl');
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/今天已兑/)).toContainText('7 分');
});

test('somebody else collects, with a name and a relation', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/hall');
  await serve(page, '2-017');
  await page.keyboard.press('2');
  await page.getByLabel('代领人').fill('王小强');
  await expect(desk(page).getByText('代领:王小强')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('请填代领人和户主(本人)的关系')).toBeVisible();
  await expect(page.getByText(/今天已兑/)).toContainText('0 户');
  await axe(page);
  await page.getByLabel('和户主关系').fill('儿子');
  await expect(page.getByText('请填代领人和户主(本人)的关系')).toHaveCount(0);
  await expect(desk(page).getByText('代领:王小强(儿子)')).toBeVisible();
  await shot(page, 'hall-proxy');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/兑换了 5 分/)).toBeVisible();
  await saved(page);
  // The list of the day says who came, and the next household starts with empty fields.
  await serve(page, '2-018');
  await expect(page.getByLabel('代领人')).toHaveValue('');
  await expect(page.getByLabel('和户主关系')).toHaveValue('');
  await page.getByRole('link', { name: '签领表' }).click();
  await expect(page.getByRole('cell', { name: '代领:王小强(儿子)' })).toBeVisible();
  await expect(page.getByText('合计 1 户、1 笔')).toBeVisible();
  await axe(page);
  await shot(page, 'signatures-day');
});

test('whoever lives in a household finds it, and the row says who was meant', async ({ page }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await recordPoints(page, '2026-11-18', ['1-001']);
  await openApp(page, '#/hall');
  await saved(page);
  const box = page.getByLabel('找户');
  // The child of the roster has no date of birth, and so counts as grown up.
  await box.fill('wdsx');
  const hit = page.getByRole('option');
  await expect(hit).toHaveCount(1);
  await expect(hit).toHaveText(/王大山 1-001\s*同户 王大山小\(子女\)/);
  await axe(page);
  await shot(page, 'hall-relative');
  await box.press('Enter');
  await expect(page.getByRole('heading', { name: /王大山/ })).toBeVisible();
});

test('what one household may have, in a quarter and in a day, is refused with the number', async ({ page }) => {
  await demo(page);
  await change(page, /食盐/, '每户每季最多兑', '1');
  await openApp(page, '#/hall');
  await serve(page, '2-017');
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/「食盐 400 g」每户每季最多兑 1 袋/)).toBeVisible();
  await expect(page.getByText(/今天已兑/)).toContainText('0 户');
  await shot(page, 'hall-limit');

  await openApp(page, '#/points?part=settings');
  await page.getByLabel('每户每天最多兑换').fill('10');
  await button(page, '保存设置').click();
  await saved(page);
  await openApp(page, '#/hall');
  await serve(page, '2-017');
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(desk(page).getByRole('alert')).toContainText('今天已兑 0 分');
  await shot(page, 'hall-day-max');
});

test('goods from the tenth on have keys too', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/hall');
  await expect(page.getByText('再按个位数,加 ⑩–⑲')).toBeVisible();
  await serve(page, '2-017');
  const tenth = row(page, '⑩');
  const quantity = (count: string) => expect(tenth.locator('.basket__quantity')).toHaveText(count);
  await page.keyboard.press('0');
  await expect(page.getByText('再按个位数,Esc 取消')).toBeVisible();
  await axe(page);
  await shot(page, 'hall-tens');
  await page.keyboard.press('0');
  await quantity('1');
  await expect(tenth).toBeInViewport({ ratio: 1 });
  await shot(page, 'hall-tenth');
  await page.keyboard.press('0');
  await page.keyboard.press('Shift+0');
  await quantity('0');
  // Escape takes the 0 back and leaves the basket.
  await page.keyboard.press('2');
  await page.keyboard.press('0');
  await page.keyboard.press('Escape');
  await expect(page.getByText('再按个位数,加 ⑩–⑲')).toBeVisible();
  await expect(row(page, '食盐').locator('.basket__quantity')).toHaveText('1');
  await page.keyboard.press('1');
  await expect(row(page, '洗衣液').locator('.basket__quantity')).toHaveText('1');
});

test('of 25 goods every one is added by keyboard alone', async ({ page }) => {
  await found(page, '柳湾村', '2026-11-18T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山']]);
  const names = [
    '洗衣液 2 kg', '洗衣液 1 kg', '食盐 400 g', '抽纸 3 包', '牙膏', '香皂', '毛巾', '肥皂', '酱油', '陈醋', '大米 5 kg', '面粉 5 kg',
    '食用油 5 L', '鸡蛋 30 枚', '电池 5 号', '电池 7 号', '灯泡', '雨伞', '胶鞋', '手套', '扫帚', '垃圾袋', '洗洁精', '蚊香', '笔记本',
  ];
  for (const name of names) {
    await addGoods(page, name, 9);
  }
  await openApp(page, '#/hall');
  await serve(page, '1-001');
  const quantity = (name: string, count: string) =>
    expect(row(page, name).locator('.basket__quantity')).toHaveText(count);
  const look = async (typed: string) => {
    await page.keyboard.press('/');
    await expect(page.getByLabel('找物品')).toBeFocused();
    await page.keyboard.type(typed);
  };
  // By initials; the others are out of the way until it is in the basket.
  await look('bjb');
  await expect(desk(page).getByRole('row', { name: /笔记本/ })).toBeVisible();
  await expect(desk(page).getByRole('row', { name: /洗衣液 2/ })).toBeHidden();
  await axe(page);
  await shot(page, 'hall-look');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('找物品')).toHaveCount(0);
  await quantity('笔记本', '1');
  await expect(row(page, '笔记本')).toBeInViewport({ ratio: 1 });
  // The second of two with the same letters; one less with Shift; nothing with Escape.
  await look('xyy');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await quantity('洗衣液 1', '1');
  await look('洗衣液1');
  await page.keyboard.press('Shift+Enter');
  await quantity('洗衣液 1', '0');
  await look('qq');
  await expect(page.getByText('没有这样的物品,请核对首字母或编号。')).toBeVisible();
  await page.keyboard.press('Escape');
  await quantity('笔记本', '1');
  // By number all of them.
  for (const [place, name] of names.entries()) {
    await look(String(place + 1));
    await page.keyboard.press('Enter');
    await quantity(name, name === '笔记本' ? '2' : '1');
  }
  await shot(page, 'hall-many');
  // Nothing of it stands in the way of the next household.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('找户')).toBeFocused();
});

test('two days in one quarter: the sum of each list is the sum of its day', async ({ page }) => {
  await found(page, '柳湾村', '2026-11-18T09:00:00+08:00');
  await importHomes(page, [['1-001', '王大山'], ['1-002', '李长河']]);
  await addGoods(page, '食盐 400 g', 9);
  for (const date of ['2026-11-16', '2026-11-17']) {
    await recordPoints(page, date, ['1-001', '1-002']);
  }
  await setNow(page, '2026-11-20T09:00:00+08:00');
  await redeemOne(page, '1-001', '王大山');
  await setNow(page, '2026-11-27T09:00:00+08:00');
  await redeemOne(page, '1-001', '王大山');
  await redeemOne(page, '1-002', '李长河');

  for (const [day, title, total, points, stock] of [
    ['2026-11-20', '柳湾村2026年11月20日积分兑换签领表', '合计 1 户、1 笔', '5', '8'],
    ['2026-11-27', '柳湾村2026年11月27日积分兑换签领表', '合计 2 户、2 笔', '10', '6'],
  ] as const) {
    await openApp(page, `#/goods?part=days&day=${day}`);
    await page.getByRole('link', { name: '当天签领表' }).click();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    const sum = page.getByRole('row', { name: new RegExp(total) });
    await expect(sum.getByRole('cell', { name: points, exact: true })).toBeVisible();
    await page.getByRole('link', { name: '返回' }).click();
    await page.getByLabel('签领表合计(分)').fill(points);
    await expect(page.getByText('差 0', { exact: true })).toBeVisible();
    await page.getByRole('textbox', { name: /实有数量$/ }).fill(stock);
    await button(page, '收场对账').click();
    await saved(page);
    await expect(page.getByText(`${points} 分,差 0`)).toBeVisible();
  }
  await openApp(page, '#/signatures?day=2026-11-20');
  await page.getByLabel('季度或兑换日').selectOption({ label: '2026年第四季度' });
  await expect(page.getByRole('row', { name: /合计 2 户、3 笔/ })).toBeVisible();
  await page.getByLabel('季度或兑换日').selectOption({ label: '2026年11月27日' });
  await expect(page.getByRole('row', { name: /合计 2 户、2 笔/ })).toBeVisible();

  // A day that was opened again keeps what was said before.
  await openApp(page, '#/goods?part=days&day=2026-11-27');
  await button(page, '重新开场').click();
  await dialog(page).getByLabel('原因').fill('还有一户没来得及登记');
  await dialog(page).getByRole('button', { name: '重新开场' }).click();
  await expect(page.getByLabel('签领表合计(分)')).toBeVisible();
  await page.getByText('第 1 次对账,后来重新开场:还有一户没来得及登记').click();
  const earlier = page.locator('details').filter({ hasText: '第 1 次对账' });
  await expect(earlier.getByText('10 分,差 0')).toBeVisible();
  await axe(page);
  await earlier.scrollIntoViewIfNeeded();
  await shot(page, 'day-earlier');
});
