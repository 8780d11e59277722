// A redemption day before, during and after: what to prepare, papers, limits,
// few keystrokes, a scanner, one redemption however often Enter is pressed,
// and the close-out.

import type { Page } from '@playwright/test';
import { axe, expect, openApp, setNow, shot, test } from './support/app.ts';
import { button, demo, saved, serve } from './support/faults.ts';

const dialog = (page: Page) => page.getByRole('dialog');

/** Counts the keys that are pressed from now on. */
async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = globalThis as unknown as { keys: number };
    counted.keys = 0;
    window.addEventListener('keydown', () => (counted.keys += 1), true);
  });
  return () => page.evaluate(() => (globalThis as unknown as { keys: number }).keys);
}

/** 2-017 wants the second of the goods, by keys alone. */
async function redeemByKeys(page: Page): Promise<void> {
  await openApp(page, '#/hall');
  await saved(page);
  await serve(page, '2-017');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
}

test('before: checklist, demand, papers and cards', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/goods?part=ready');
  await expect(page.getByText('按上次估计').first()).toBeVisible();
  await expect(page.getByText(/估计兑换 [\d,]+ 分/)).toBeVisible();
  await expect(page.getByText('以前的兑换日都已收场对账')).toBeVisible();
  await axe(page);
  await shot(page, 'redemption-ready');
  for (const [route, title, name] of [
    ['#/prices', '柳湾村积分兑换价目表', 'prices'],
    ['#/entitled', /柳湾村.*可兑名单/, 'entitled'],
  ] as const) {
    await openApp(page, route);
    await expect(page.getByRole('heading', { name: title }).first()).toBeVisible();
    await axe(page);
    await shot(page, `paper-${name}`);
  }
  await openApp(page, '#/cards');
  await page.getByLabel('网格').selectOption({ label: '第二网格' });
  await expect(page.getByRole('img', { name: /^2-001 .* 的二维码$/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^1-/ })).toHaveCount(0);
  await axe(page);
  await shot(page, 'paper-cards');
});

test('goods: price and limit, stocktake, and how the stock came to be', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/goods');
  const soap = page.getByRole('row', { name: /洗衣液/ });
  await soap.getByRole('button', { name: '更改' }).click();
  await dialog(page).getByLabel('积分单价').fill('22');
  await dialog(page).getByLabel('每户每季最多兑').fill('一');
  await button(page, '保存更改').click();
  await expect(dialog(page).getByText('每户每季最多兑要填整数')).toBeVisible();
  await dialog(page).getByLabel('每户每季最多兑').fill('1');
  await expect(dialog(page).getByText('22 分合 22.00 元,和参考价 19.90 元对不上')).toBeVisible();
  await shot(page, 'goods-terms');
  await button(page, '保存更改').click();
  await saved(page);
  await expect(soap.getByRole('cell', { name: '22', exact: true })).toBeVisible();

  await soap.getByRole('button', { name: '盘点' }).click();
  // The reason is asked for when there is something to explain, and then it is needed.
  const book = /账面 (\d+)/.exec((await dialog(page).innerText()))?.[1] ?? '';
  await dialog(page).getByLabel('实有数量').fill(book);
  await expect(dialog(page).getByText('差 0')).toBeVisible();
  await expect(dialog(page).getByLabel('差异原因')).toHaveCount(0);
  await dialog(page).getByLabel('实有数量').fill('3');
  await expect(dialog(page).getByText(/^少 \d+$/)).toBeVisible();
  await button(page, '记下盘点').click();
  await expect(dialog(page).getByText('请写明差异原因,再记下盘点。')).toBeVisible();
  await axe(page);
  await shot(page, 'goods-count');
  await dialog(page).getByLabel('差异原因').fill('借给老年食堂');
  await button(page, '记下盘点').click();
  await saved(page);
  await expect(soap.getByRole('cell', { name: /库存低\s*3/ })).toBeVisible();
  await axe(page);
  await shot(page, 'goods');
  await page.getByRole('link', { name: '洗衣液 2 kg' }).click();
  await expect(page.getByText('盘点 · 借给老年食堂')).toBeVisible();
  await expect(page.getByText('入库 · 捐赠').first()).toBeVisible();
  await axe(page);
  await shot(page, 'stock-ledger');
});

test('during: five keys to a household, a scanner, one redemption, and the limit', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/hall');
  await expect(page.getByLabel('找户')).toBeFocused();
  // Three initials and Enter find one of 410 households, and ↓ the second of these initials.
  const keys = await countKeys(page);
  const desk = page.getByRole('region', { name: '本户' });
  const found = page.getByRole('option');
  await page.keyboard.type('whl');
  await expect(found.first()).toContainText('王海林');
  await expect(found.nth(1), 'there is somebody else of these initials').toBeVisible();
  const [first, second] = (await found.allInnerTexts()).map((text) => /\d-\d{3}/.exec(text)?.[0] ?? '');
  expect(first).toBe('2-017');
  expect(second).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('找户')).toHaveValue('');
  for (const [pressed, number = ''] of [[['Enter'], first], [['ArrowDown', 'Enter'], second]] as const) {
    await expect(page.getByLabel('找户')).toBeFocused();
    const spent = await keys();
    await page.keyboard.type('whl');
    for (const key of pressed) {
      await page.keyboard.press(key);
    }
    await expect(desk.getByText(number)).toBeVisible();
    expect((await keys()) - spent).toBeLessThanOrEqual(5);
    await shot(page, `hall-found-${pressed.length}`);
    await page.keyboard.press('Escape');
  }

  // A scanner types the number faster than anybody, and Enter.
  await expect(page.getByLabel('找户')).toBeFocused();
  await page.keyboard.type('2-017', { delay: 0 });
  await page.keyboard.press('Enter');
  await expect(desk.getByText('2-017')).toBeVisible();
  const today = page.getByText(/今天已兑/);
  await expect(today).toContainText('0 户');
  await page.keyboard.press('2');
  // Enter twice, before the first is stored.
  await page.evaluate(() => {
    for (let time = 0; time < 2; time += 1) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
    }
  });
  await expect(page.getByText(/兑换了 5 分/)).toBeVisible();
  await saved(page);
  await expect(today).toContainText('1 户');
  await expect(today).toContainText('5 分');
  await axe(page);
});

/**
 * A scanner: the keys come at once, long after the last one that a person pressed.
 * The browser's own time of each is set, so that nothing depends on how fast this machine is.
 */
async function scan(page: Page, text: string): Promise<void> {
  await page.evaluate((read) => {
    const counted = globalThis as unknown as { scans?: number };
    counted.scans = (counted.scans ?? 0) + 1;
    const start = new Event('now').timeStamp + counted.scans * 10_000;
    [...read, 'Enter'].forEach((key, place) => {
      const code = key === 'Enter' ? key : /\d/.test(key) ? `Digit${key}` : 'Minus';
      const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: start + place * 5 });
      document.activeElement?.dispatchEvent(event);
    });
  }, text);
}

test('during: a card that is read at the desk serves its household and takes nothing', async ({ page }) => {
  await demo(page);
  await openApp(page, '#/hall');
  await expect(page.getByLabel('找户')).toBeFocused();
  const desk = page.getByRole('region', { name: '本户' });
  const basket = page.getByRole('button', { name: /^兑换/ });
  const today = page.getByText(/今天已兑/);
  await scan(page, '2-017');
  await expect(desk.getByText('2-017')).toBeVisible();
  // The same card once more: nothing is put in, nothing is taken.
  await scan(page, '2-017');
  await expect(desk.getByText('2-017')).toBeVisible();
  await expect(basket).toHaveText(/0 分/);
  // The next card while this household has something in its basket.
  await page.keyboard.press('2');
  await expect(basket).toHaveText(/5 分/);
  await scan(page, '2-019');
  await expect(desk.getByText('2-019')).toBeVisible();
  await expect(desk.getByText('2-017')).toHaveCount(0);
  await expect(basket).toHaveText(/0 分/);
  // Something else that is read does not take anything either.
  await page.keyboard.press('2');
  await scan(page, '6901234567892');
  await expect(page.getByText('扫到的「6901234567892」不是户号。请扫户码,或输入户号。')).toBeVisible();
  await expect(desk.getByText('2-019')).toBeVisible();
  await expect(basket).toHaveText(/5 分/);
  await shot(page, 'hall-scanned');
  await expect(today).toContainText('0 户');
  // Keys of a person still redeem.
  await page.keyboard.press('Enter');
  await expect(page.getByText(/兑换了 5 分/)).toBeVisible();
  await saved(page);
  await expect(today).toContainText('1 户');
});

test('after: paper and shelf are counted, differences explained, and reopening is logged', async ({ page }) => {
  await demo(page);
  await redeemByKeys(page);
  await expect(page.getByText(/兑换了 5 分/)).toBeVisible();
  await saved(page);

  // A stocktake in the middle of the day is no difference of its end.
  await openApp(page, '#/goods');
  await page.getByRole('row', { name: /毛巾/ }).getByRole('button', { name: '盘点' }).click();
  await dialog(page).getByLabel('实有数量').fill('3');
  await dialog(page).getByLabel('差异原因').fill('垫桌子用了');
  await button(page, '记下盘点').click();
  await saved(page);

  await openApp(page, '#/goods?part=days');
  await expect(page.getByRole('link', { name: /待对账/ })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: '盘点差异' })).toBeVisible();
  await expect(page.getByText(/^当天盘点差异:毛巾 少 \d+ 条\(垫桌子用了\)。$/)).toBeVisible();
  await page.getByLabel('签领表合计(分)').fill('4');
  await expect(page.getByText('少 1', { exact: true })).toBeVisible();
  await countAll(page);
  await axe(page);
  await shot(page, 'day-closing');
  await button(page, '收场对账').click();
  await expect(page.getByText('签领表比账上少 1 分。请写明差额的原因,再收场。')).toBeVisible();
  await page.getByLabel('有差额时的原因').fill('一户漏签,已补签');
  await button(page, '收场对账').click();
  await saved(page);
  await expect(page.getByText('一户漏签,已补签')).toBeVisible();
  await axe(page);
  await shot(page, 'day-closed');

  await redeemByKeys(page);
  await expect(page.getByText(/已经收场对账,不能再改/)).toBeVisible();
  await shot(page, 'hall-closed');

  await openApp(page, '#/goods?part=days');
  await button(page, '重新开场').click();
  await dialog(page).getByLabel('原因').fill('又来了两户');
  await dialog(page).getByRole('button', { name: '重新开场' }).click();
  await expect(page.getByLabel('签领表合计(分)')).toBeVisible();
  // A day without redemptions has nothing to close and nothing to reopen.
  await openApp(page, '#/goods?part=days&day=2020-01-01');
  await expect(page.getByText('这一天没有兑换,不用对账。')).toBeVisible();
  await expect(page.getByLabel('签领表合计(分)')).toHaveCount(0);
  for (const name of ['收场对账', '重新开场', '打印对账单']) {
    await expect(button(page, name)).toHaveCount(0);
  }
  await expect(page.locator('.days__day[aria-current]')).toHaveCount(0);
});

test('later: a wrong redemption is undone after its day is reopened', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await redeemByKeys(page);
  await expect(page.getByText(/兑换了 5 分/)).toBeVisible();
  await saved(page);
  await openApp(page, '#/goods?part=days');
  await page.getByLabel('签领表合计(分)').fill('5');
  await countAll(page);
  await button(page, '收场对账').click();
  await saved(page);

  await setNow(page, '2026-11-24T10:00:00+08:00');
  await openApp(page, '#/');
  await openApp(page, '#/goods?part=days&day=2026-11-22');
  await button(page, '重新开场').click();
  await expect(dialog(page)).toContainText('那一天不能再添兑换;记错的兑换可以在这一页撤销');
  await dialog(page).getByLabel('原因').fill('记错了一户');
  await shot(page, 'day-reopen');
  await dialog(page).getByRole('button', { name: '重新开场' }).click();
  await expect(page.getByText('已重新开场,可以撤销那天记错的兑换。')).toBeVisible();
  await page.getByText('撤销记错的兑换(1 笔里选)').click();
  await axe(page);
  await shot(page, 'day-undo');
  await page.getByRole('button', { name: /^撤销 2-017 王海林 的 / }).click();
  await expect(dialog(page)).toContainText('5 分退回存折,物品算作没有发出');
  await axe(page);
  await shot(page, 'day-undo-dialog');
  await dialog(page).getByRole('button', { name: '撤销这笔' }).click();
  await expect(page.getByText('已撤销 2-017 王海林 的兑换,5 分已退回。')).toBeVisible();
  await saved(page);
  await expect(page.getByText('这一天没有可以撤销的兑换')).toBeVisible();
  await page.getByLabel('签领表合计(分)').fill('0');
  await countAll(page);
  await button(page, '收场对账').click();
  await saved(page);
  await openApp(page, '#/points');
  await page.getByRole('link', { name: '王海林' }).first().click();
  await expect(page.getByRole('cell', { name: '兑换(已撤销)' })).toBeVisible();
});

/** Counts of every kind of goods what should be there. */
async function countAll(page: Page): Promise<void> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('textbox', { name: /实有数量$/ }) });
  await expect(rows).toHaveCount(8);
  for (const row of await rows.all()) {
    const expected = await row.getByRole('cell').nth(-3).textContent();
    await row.getByRole('textbox').fill(expected ?? '');
    await expect(row.getByRole('cell').last()).toHaveText('0');
  }
}
