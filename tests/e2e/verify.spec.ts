// 核对: a fingerprint finds its moment again; an altered byte is named and what
// lies before it stays readable; a cut end is told only by a printed fingerprint.

import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, download, expect, openApp, setNow, shot, test } from './support/app.ts';
import { banner, button, demo, saved } from './support/faults.ts';
import { flipped, forged, newer, unchained, xxh64 } from './support/segment.ts';
import { meddle } from './support/stored.ts';
import { recordPoints } from './support/village.ts';

const NOW = '2026-11-22T10:00:00+08:00';

/** Puts a kind of owner that nobody knows on a stored page of the register, with the right check. */
async function alterPage(page: Page): Promise<void> {
  await meddle(page, (record) => {
    const altered = Uint8Array.from(record);
    altered[6] = 23;
    const view = new DataView(altered.buffer);
    view.setBigUint64(altered.length - 8, xxh64(altered.subarray(0, -8), 0n), true);
    return altered;
  }, 'register');
}

async function verify(page: Page): Promise<void> {
  await openApp(page, '#/data');
  await page.getByRole('button', { name: /^(开始核对|再核对一次)$/ }).click();
}

const intact = (page: Page) => page.getByText(/✓ 全部 [\d,]+ 笔记录都没有被改动过/);
const prints = async (page: Page) => {
  await expect(page.locator('.prints__text')).toHaveCount(2);
  return page.locator('.prints__text').allInnerTexts();
};

// In the demo village points wait for a second hand; what is taken away is entered at once.
const DEDUCTION = '乱倒垃圾';

async function compare(page: Page, typed: string): Promise<void> {
  await page.getByLabel('输入旧公示表上的指纹').fill(typed);
  await button(page, '比对').click();
}

test('a fingerprint is copied, and finds its moment again', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await setNow(page, NOW);
  await demo(page);
  await openApp(page, '#/data');
  await expect(button(page, '开始核对')).toBeVisible();
  await shot(page, 'data-groups');
  await axe(page);
  // The same laptop at 125 per cent.
  await page.setViewportSize({ width: 1093, height: 614 });
  await shot(page, 'data-groups-125');
  await axe(page);
  await page.setViewportSize({ width: 1366, height: 768 });
  await verify(page);
  await expect(intact(page)).toBeVisible();
  const before = await prints(page);
  for (const print of before) expect(print).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  expect(before[0]).not.toBe(before[1]);
  await page.getByText('群众积分账本', { exact: true }).scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'verify');
  await button(page, '复制').first().click();
  await expect(page.getByText('群众积分账本的指纹已复制。')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(before[0]);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/柳湾村积分账本指纹\(截至 2026年11月22日 10:00\)/)).toBeVisible();
  await expect(button(page, '下载保存文件')).toBeHidden();
  await shot(page, 'verify-print');
  await page.emulateMedia({ media: 'screen' });

  // More is recorded: the sheet says that these fingerprints are of before.
  await setNow(page, '2026-11-22T10:20:00+08:00');
  await recordPoints(page, '2026-11-17', ['2-017'], DEDUCTION);
  await recordPoints(page, '2026-11-18', ['1-001'], DEDUCTION);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  const after = await prints(page);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1], 'the members have a ledger of their own').toBe(before[1]);

  const typed = (before[0] ?? '').toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
  await compare(page, typed);
  await expect(page.getByText(/✓ 对得上:这是群众积分账本截至 .* 的指纹,那时本村共 [\d,]+ 笔记录,之后又记了 [\d,]+ 笔/)).toBeVisible();
  await page.getByLabel('输入旧公示表上的指纹').scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'verify-found');
  await compare(page, after[0] ?? '');
  await expect(page.getByText(/✓ 对得上:这是群众积分账本.*之后没有新记录/)).toBeVisible();

  // What is typed wrongly is told from what is unknown.
  const alert = (words: string) => expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  await compare(page, (before[0] ?? '').slice(0, 14));
  await alert('指纹有 16 个字母数字,现在是 12 个');
  const first = before[0]?.startsWith('7') ? '8' : '7';
  await compare(page, first + (before[0] ?? '').slice(1));
  await alert('指纹抄错了');
  await compare(page, 'U' + (before[0] ?? '').slice(1));
  await alert('指纹里没有「U」这个字');
  await axe(page);
});

test('an altered byte is named, and what lies before it is still there', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  const sound = Number((await intact(page).innerText()).match(/[\d,]+/)?.[0].replace(',', ''));
  await recordPoints(page, '2026-11-17', ['2-017'], DEDUCTION);
  await meddle(page, flipped);
  const damage = `第 ${(sound + 1).toLocaleString('en-US')} 笔记录`;
  await expect(banner(page)).toContainText(damage);
  await expect(banner(page)).toContainText('这里显示的是还读得出的部分,只能看。');
  await openApp(page, '#/points');
  await expect(page.getByRole('link', { name: '王海林' }).first()).toBeVisible();
  const file = await download(page, () => button(page, '存成文件').click());
  expect(fs.statSync(file).size, 'the whole village').toBeGreaterThan(50_000);

  await verify(page);
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: damage });
  await expect(alert).toContainText(`除此以外核对过的 ${sound.toLocaleString('en-US')} 笔都没有被改动过。`);
  await expect(page.locator('.prints__text'), 'nothing to be printed').toHaveCount(0);
  await alert.scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'verify-damaged');
  // Open data of what lies before can be handed out as well.
  const tables = await download(page, () => button(page, '导出开放数据').click());
  expect(fs.statSync(tables).size).toBeGreaterThan(10_000);

  // The file of everything is for whoever can mend it; the one of the intact part goes on.
  const part = await download(page, () => button(page, '存下完好的部分').click());
  expect(part).toContain('_完好部分.cunzhi');
  await expect(page.getByText(`已存下完好的部分,共 ${sound.toLocaleString('en-US')} 笔记录`)).toBeVisible();
  const chosen = page.getByLabel('选择保存文件');
  await chosen.setInputFiles(file);
  await expect(page.getByRole('alert').filter({ hasText: '文件里的流水读不出来' })).toBeVisible();
  await chosen.setInputFiles(part);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await verify(page);
  await expect(page.getByText(`✓ 全部 ${sound.toLocaleString('en-US')} 笔记录都没有被改动过`)).toBeVisible();
  await recordPoints(page, '2026-11-18', ['1-001'], DEDUCTION);
});

test('of a cut segment of many acts, those before the cut are read and handed out', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  const whole = Number((await intact(page).innerText()).match(/[\d,]+/)?.[0].replace(',', ''));
  await meddle(page, (record) => record.subarray(0, Math.floor(record.length * 0.9)));
  await expect(banner(page)).toContainText(/第 [\d,]+ 笔记录损坏。这里显示的是还读得出的部分,只能看。/);
  const broken = Number((await banner(page).innerText()).match(/第 ([\d,]+) 笔记录/)?.[1]?.replace(',', ''));
  expect(broken, 'the last tenth is lost, and no more').toBeGreaterThan(whole * 0.8);
  expect(broken).toBeLessThan(whole);
  await openApp(page, '#/points');
  await expect(page.getByRole('link', { name: '王海林' }).first()).toBeVisible();
  await axe(page);
  await shot(page, 'verify-cut');
  await openApp(page, '#/data');
  const part = await download(page, () => button(page, '存下完好的部分').click());
  await expect(page.getByText(`已存下完好的部分,共 ${(broken - 1).toLocaleString('en-US')} 笔记录`)).toBeVisible();
  await page.getByLabel('选择保存文件').setInputFiles(part);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
});

test('a text that only a newer program knows is found without being asked', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await alterPage(page);
  await expect(banner(page)).toContainText('更新版本的村治');
  await verify(page);
  await expect(intact(page)).toBeVisible();
  await shot(page, 'verify-newer-text');
});

test('an act that was altered with its check is found without being asked', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await recordPoints(page, '2026-11-17', ['2-017'], DEDUCTION);
  await openApp(page, '#/points');
  const acts = async () => {
    await verify(page);
    return (await intact(page).innerText()).match(/[\d,]+/)?.[0] ?? '';
  };
  const all = Number((await acts()).replaceAll(',', ''));
  await meddle(page, forged);
  // Opening looks at checks only: it is the quiet verifying afterwards that tells.
  await expect(banner(page)).toContainText('记录与校验码不符,可能被改动过');
  await expect(banner(page)).toContainText('这里显示的内容不一定作准,只能看。');
  await axe(page);
  await shot(page, 'verify-altered');
  await verify(page);
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: '可能被改动过' });
  await expect(alert).toContainText(`第 ${all.toLocaleString('en-US')} 笔记录与校验码不符,可能被改动过`);
  await expect(alert).toContainText(`除此以外核对过的 ${(all - 1).toLocaleString('en-US')} 笔都没有被改动过。`);
  // Where every act agrees with the chain and its end does not, none of the segment is to be relied on.
  await meddle(page, (record) => unchained(forged(record)));
  await expect(banner(page)).toContainText('记录与校验码不符,可能被改动过');
  await verify(page);
  await expect(alert).toContainText('整段都不能作准');
  await expect(alert).toContainText(`除此以外核对过的 ${(all - 1).toLocaleString('en-US')} 笔都没有被改动过。`);
  await expect(page.getByText(/✓ 全部/)).toHaveCount(0);
});

test('an act in the midst that was altered with its check is named, and what lies before it is handed out', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  await meddle(page, (record) => forged(record, 499));
  await expect(banner(page)).toContainText('第 500 笔记录与校验码不符,可能被改动过');
  await verify(page);
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: '第 500 笔记录' });
  await expect(alert).toContainText('除此以外核对过的 499 笔都没有被改动过。');
  await alert.scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'verify-named');
  const part = await download(page, () => button(page, '存下完好的部分').click());
  await expect(page.getByText('已存下完好的部分,共 499 笔记录')).toBeVisible();
  await page.getByLabel('选择保存文件').setInputFiles(part);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await verify(page);
  await expect(page.getByText('✓ 全部 499 笔记录都没有被改动过')).toBeVisible();
});

test('what a newer program recorded is no damage', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await recordPoints(page, '2026-11-17', ['2-017'], DEDUCTION);
  await meddle(page, newer);
  await expect(banner(page)).toContainText('本机的数据是更新版本的村治写的,这个旧版本只能看。');
  await expect(button(page, '存下完好的部分'), 'nothing is broken').toHaveCount(0);
  await openApp(page, '#/points');
  await expect(page.getByRole('link', { name: '王海林' }).first()).toBeVisible();
  // Nothing older takes its place.
  const file = await download(page, () => button(page, '存成文件').click());
  expect(fs.statSync(file).size, 'the whole village').toBeGreaterThan(50_000);
  await openApp(page, '#/data');
  await button(page, '清空本机数据').click();
  await page.getByLabel('输入村名').fill('柳湾村');
  await button(page, '清空').click();
  await expect(page.getByRole('dialog')).toContainText('请用新版村治打开');
});

test('a cut end opens without complaint, and only the sheet tells', async ({ page }) => {
  await setNow(page, NOW);
  await demo(page);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  const [early] = await prints(page);
  await recordPoints(page, '2026-11-17', ['2-017'], DEDUCTION);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  const [sheet] = await prints(page);
  await meddle(page, 'delete');
  await saved(page);
  await expect(banner(page)).toHaveCount(0);
  await verify(page);
  await expect(intact(page)).toBeVisible();
  expect((await prints(page))[0], 'as if nothing had been there').toBe(early);
  await compare(page, sheet ?? '');
  await expect(page.getByText('对不上:本机的两本账从来没有过这个指纹。')).toBeVisible();
  await expect(page.getByText('末尾的记录被删掉了')).toBeVisible();
  await page.getByLabel('输入旧公示表上的指纹').scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'verify-unknown');
  await compare(page, early ?? '');
  await expect(page.getByText(/✓ 对得上/)).toBeVisible();
});
