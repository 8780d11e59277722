// Recording and review: claims filed by one, decided by another; a list of
// thirty-five names pasted and entered by keyboard; settings that hold.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, reload, setNow, shot, test } from './support/app.ts';
import { button, demo, saved } from './support/faults.ts';
import { addGoods, found, importHomes, takeUpDispute } from './support/village.ts';

const now = '2026-09-26T10:00:00+08:00';
const told = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();

/** Names somebody who records. */
async function nameStaff(page: Page, name: string): Promise<void> {
  await openApp(page, '#/points?part=settings');
  await page.getByLabel('姓名').fill(name);
  await button(page, '添加').click();
  await expect(page.getByRole('button', { name: `停用 ${name}` })).toBeVisible();
  await saved(page);
}

/** Files a claim for each household. */
async function claim(page: Page, item: string, numbers: string[]): Promise<void> {
  await openApp(page, '#/points');
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  const select = dialog.getByLabel('事项', { exact: true });
  await select.selectOption((await select.locator('option', { hasText: item }).first().getAttribute('value')) ?? '');
  for (const number of numbers) {
    await dialog.getByLabel('找户').fill(number);
    await dialog.getByLabel('找户').press('Enter');
  }
  await button(page, '先报待审').click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

test('a claim is filed by one and decided by another', async ({ page }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五'], ['1-003', '吴六']]);
  await nameStaff(page, '周建国');
  await nameStaff(page, '陈秀兰');

  // Nobody has said who is at the laptop.
  await openApp(page, '#/points');
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await dialog.getByLabel('找户').fill('1-001');
  await dialog.getByLabel('找户').press('Enter');
  await button(page, '先报待审').click();
  await expect(dialog.getByRole('alert').filter({ hasText: '请先在左下角选经手人' })).toBeVisible();
  await dialog.getByRole('button', { name: '关闭' }).click();
  await page.getByLabel('经手人').selectOption('周建国');
  await claim(page, '环境整治', ['1-001', '1-002', '1-003']);
  await expect(page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: /积分/ })).toContainText('3');

  // The overview leads to the queue; whoever recorded may not review.
  await openApp(page, '#/');
  await page.getByRole('link', { name: '3 条积分申报等审核' }).click();
  await expect(page.getByText('自己登记的,要别人审').first()).toBeVisible();
  await page.getByRole('checkbox', { name: /王海林/ }).check();
  await button(page, /^通过/).click();
  await expect(page.getByRole('alert').filter({ hasText: '是周建国自己登记的' })).toBeVisible();
  // The claim that stands in the way is named and marked.
  await expect(page.getByRole('alert').filter({ hasText: '王海林(1-001)9月26日 的环境整治:' })).toBeVisible();
  const stuck = page.locator('.review__row--stuck');
  await expect(stuck).toHaveCount(1);
  await expect(stuck).toContainText('王海林');
  await shot(page, 'review-stuck');
  await page.getByLabel('经手人').selectOption('陈秀兰');
  await shot(page, 'review');
  await axe(page);

  // By keyboard: all, one taken off, passed.
  await page.getByRole('checkbox', { name: /王海林/ }).focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('heading', { name: '选中 3 条' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: '选中 2 条' })).toBeVisible();
  await expect(page.getByText('10 分(合 10 元)', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await told(page, '已通过 2 条。');
  await saved(page);

  // The last one goes back, with a reason.
  await page.getByRole('checkbox', { name: /周五/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Delete');
  const back = page.getByRole('dialog', { name: '退回 1 条申报' });
  await back.getByRole('button', { name: '退回' }).click();
  await expect(back.getByRole('alert').filter({ hasText: '请填写退回的原因' })).toBeVisible();
  await back.getByLabel('退回的原因').fill('请补照片');
  await shot(page, 'review-return');
  await axe(page);
  await back.getByRole('button', { name: '退回' }).click();
  await told(page, '已退回 1 条。');
  await expect(page.getByText('没有等审核的申报')).toBeVisible();
  await expect(page.getByRole('row', { name: /周五/ })).toContainText('已退回:请补照片');
  await expect(page.getByRole('row', { name: /王海林/ })).toContainText('周建国登记 · 陈秀兰审核');

  // It stays so after a reload, and the points are in the accounts.
  await openApp(page, '#/points');
  await reload(page);
  await page.getByRole('link', { name: '王海林' }).first().click();
  await expect(page.getByRole('table').getByText('+5')).toBeVisible();
  await expect(page.getByLabel('经手人')).toHaveValue(/\d+/);
});

test('settings say what they would do, and hold on redemption day', async ({ page }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  await addGoods(page, '食盐', 100);
  await openApp(page, '#/points?part=settings');
  await page.getByLabel(/^起兑分/).fill('很多');
  await button(page, '保存设置').click();
  await expect(page.getByRole('alert').filter({ hasText: '起兑分要填整数' })).toBeVisible();
  await page.getByLabel(/^起兑分/).fill('20');
  await page.getByLabel('没兑的积分').selectOption('几个月后过期,先得的先过期');
  await page.getByLabel(/^几个月后过期/).fill('12');
  const effect = page.getByRole('list', { name: '设置的效果' });
  await expect(effect).toContainText('今天已过 12 个月的');
  await shot(page, 'settings');
  await axe(page);
  await button(page, '保存设置').click();
  await told(page, '设置已保存');
  await saved(page);

  await claim(page, '环境整治', ['1-001']);
  await openApp(page, '#/points?part=review');
  await page.getByRole('checkbox', { name: /王海林/ }).check();
  await button(page, /^通过/).click();
  await told(page, '已通过 1 条。');
  await openApp(page, '#/hall');
  await page.getByLabel('找户').fill('1-001');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /王海林/ })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '积分满 20 分才能兑换,现在结余 5 分。' })).toBeVisible();
});

test('the demo village has something to review', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/points?part=review');
  await expect(page.getByRole('region', { name: '待审申报' }).getByRole('checkbox').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: '最近审过的' })).toBeVisible();
  await axe(page);
  await shot(page, 'review-demo');
  await openApp(page, '#/points?part=settings');
  await expect(page.getByRole('list', { name: '设置的效果' })).toContainText('未兑付');
  await axe(page);
  await shot(page, 'settings-demo');
  await openApp(page, '#/points?rules=1');
  await expect(page.getByText('村民代表 58 人到会')).toBeVisible();
  await axe(page);
  await shot(page, 'rules-demo');
});

/** Thirty-five households of the demo village, from all four grids, as their four digits. */
const crowd = Array.from({ length: 35 }, (_, turn) => [(turn % 4) + 1, ((turn * 7) % 102) + 1] as const).map(
  ([grid, place]) => [`${grid}-${String(place).padStart(3, '0')}`, `${grid}${String(place).padStart(3, '0')}`] as const,
);

/** A steady typist presses four keys a second: 240 a minute, and slower than that is slow. */
const KEY = 250;

test('thirty-five of four hundred and ten households in under a minute by keyboard', async ({ page }) => {
  await setNow(page, now);
  await demo(page);
  await page.getByLabel('经手人').selectOption('周建国');
  await openApp(page, '#/points');
  await expect(page.getByText('共 410 户')).toBeVisible();
  // The page's clock goes on by one key's time with every key. How fast this machine types says nothing.
  const seen = () => page.evaluate(() => Date.now());
  const begun = await seen();
  let strokes = 0;
  const press = async (key: string) => {
    strokes += 1;
    await page.clock.setFixedTime(begun + strokes * KEY);
    await page.keyboard.press(key);
  };
  await press('a');
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await expect(dialog).toBeVisible();
  // Another item than the first one, as most days have.
  const item = dialog.getByLabel('事项', { exact: true });
  await expect(item).toBeFocused();
  const place = (await item.locator('option').allTextContents()).findIndex((text) => text.includes('庭院达标'));
  for (let line = 0; line < place; line += 1) await press('ArrowDown');
  await expect(item.locator('option:checked')).toHaveText(/庭院达标/);
  // From 事项 to 找户 by Tab: 事由 and 每户数量 lie between.
  for (let tab = 0; tab < 3; tab += 1) await press('Tab');
  await expect(dialog.getByLabel('找户')).toBeFocused();
  for (const [number, digits] of crowd) {
    for (const digit of digits) await press(digit);
    await press('Enter');
    await expect(dialog.getByRole('status').filter({ hasText: `(${number})` })).toContainText('已加');
  }
  await expect(dialog.getByText('共 35 户,+175 分')).toBeVisible();
  await shot(page, 'activity-35');
  await press('Control+Enter');
  await expect(dialog).toBeHidden();
  await told(page, /35 (户|条)/);
  const spent = ((await seen()) - begun) / 1000;
  test.info().annotations.push({ type: 'typing', description: `${strokes} keys, ${spent} s at ${1000 / KEY} keys a second` });
  expect(spent).toBe((strokes * KEY) / 1000);
  expect(spent).toBeLessThan(60);
});

test('a pasted list is taken over, and doubtful names are settled one by one', async ({ page }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五'], ['1-003', '吴六'], ['1-004', '周五']]);
  await openApp(page, '#/points');
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await dialog.getByLabel('找户').focus();
  const list = '1. 王海琳 2\n2. 周五\n3. 吴六 3\n4. 孙悟空';
  await dialog.getByLabel('找户').evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, list);
  await expect(dialog.getByText('从名单里加了 1 户,还有 3 个名字要您定。')).toBeVisible();
  const open = dialog.getByRole('list', { name: '要定的名字' });
  await expect(open.getByRole('listitem')).toHaveCount(3);
  await expect(dialog.getByRole('alert').filter({ hasText: '还有 3 个名字没有定下来' })).toBeVisible();
  await shot(page, 'activity-names');
  await axe(page);
  await button(page, '登记入账').click();
  await expect(dialog).toBeVisible();
  // Closed and opened again, they are still there.
  await dialog.getByRole('button', { name: '关闭' }).click();
  await button(page, '登记活动').first().click();
  await expect(open.getByRole('listitem')).toHaveCount(3);
  await open.getByRole('listitem').filter({ hasText: '王海琳' }).getByRole('button', { name: '王海林(1-001)' }).click();
  await open.getByRole('listitem').filter({ hasText: '周五' }).getByRole('button', { name: '周五(1-004)' }).click();
  await open.getByRole('listitem').filter({ hasText: '孙悟空' }).getByRole('button', { name: '跳过' }).click();
  await expect(open).toBeHidden();
  await expect(dialog.getByLabel('王海林 的数量')).toHaveValue('2');
  await expect(dialog.getByLabel('吴六 的数量')).toHaveValue('3');
  const select = dialog.getByLabel('事项', { exact: true });
  await select.selectOption((await select.locator('option', { hasText: '志愿服务' }).first().getAttribute('value')) ?? '');
  await expect(dialog.getByText('共 3 户,+12 分')).toBeVisible();
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
});

test('a resolved dispute offers the points that it earns', async ({ page }) => {
  await found(page, '柳湾村', now);
  await importHomes(page, [['1-001', '王海林'], ['1-002', '周五']]);
  const { sheet, step, confirm } = await takeUpDispute(page);
  await expect(sheet.getByRole('button', { name: '给群众记化解分' })).toHaveCount(0);
  await step('办结反馈');
  await page.getByLabel('办理结果').fill('握手言和');
  await page.getByRole('radio', { name: '已化解' }).check();
  await confirm();
  await step('给群众记化解分');
  const dialog = page.getByRole('dialog', { name: '登记化解得分' });
  await expect(dialog.getByText('+10/起')).toBeVisible();
  await dialog.getByLabel('找户').fill('1-001');
  await dialog.getByLabel('找户').press('Enter');
  await shot(page, 'reward');
  await axe(page);
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await axe(page);
  await shot(page, 'case-rewards');
  await sheet.getByRole('link', { name: '王海林 · 调解邻里纠纷 +10' }).click();
  await page.getByRole('table').getByRole('link', { name: '0001 号事项' }).click();
  await expect(sheet.getByText('由此得分')).toBeVisible();
});

test('points that lie expire by the settings, after a question', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/points?part=settings');
  await page.getByLabel('没兑的积分').selectOption({ index: 2 });
  await page.getByRole('textbox', { name: /几个月后过期/ }).fill('6');
  await button(page, '保存设置').click();
  await saved(page);
  const villagers = page.getByRole('button', { name: /群众积分:\d+ 户 [\d,]+ 分记为过期/ });
  await villagers.click();
  await expect(page.getByRole('dialog')).toContainText('记上以后不能撤回');
  await axe(page);
  await shot(page, 'settings-expiry');
  await button(page, '确认过期').click();
  await saved(page);
  await expect(villagers).toHaveCount(0);
  await expect(page.getByRole('button', { name: /党员积分:.*记为过期/ })).toBeVisible();
});
