// A small village of one's own, and what its secretary records, by words on
// the screen.

import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { download, expect, openApp, setNow, test } from './app.ts';
import { button, saved, sendCase, typeCase } from './faults.ts';

/** A household of the roster: number and head. */
export type Home = [number: string, head: string];

/** Founds the village on this laptop. */
export async function found(page: Page, name: string, now: string): Promise<void> {
  await setNow(page, now);
  await openApp(page);
  await page.getByLabel('村名').fill(name);
  await button(page, '建村').click();
  await saved(page);
}

/** What else a roster says of a household: the head's telephone and type, and the address. */
export type More = { phone: string; kind: string; address: string };

/** A roster of these households, with their heads and a child each. */
export function rosterFile(homes: Home[], more?: More): string {
  const file = test.info().outputPath(`花名册-${homes[0]?.[0]}-${homes.length}-${more?.phone ?? ''}.csv`);
  const { phone, kind, address } = more ?? { phone: '', kind: '', address: '' };
  const lines = homes.flatMap(([number, head]) => [
    `${number},第一网格,${head},${head},户主,男,${phone},${kind},${address}`,
    `,,,${head}小,子女,女,,,`,
  ]);
  const columns = '户号,所属网格,户主,姓名,与户主关系,性别,联系电话,党员类型,家庭住址';
  fs.writeFileSync(file, [columns, ...lines].join('\r\n'));
  return file;
}

/** Imports these households. */
export async function importHomes(page: Page, homes: Home[], more?: More): Promise<void> {
  const file = rosterFile(homes, more);
  await openApp(page, '#/import');
  await saved(page);
  await page.getByLabel('选择花名册文件').setInputFiles(file);
  await button(page, '导入').click();
  await expect(page.getByText(`已导入 ${homes.length} 户`).first()).toBeVisible({ timeout: 30_000 });
  await saved(page);
}

/** Opens the draft of the next version of the rule book. */
export async function editRules(page: Page, ledger = ''): Promise<void> {
  await openApp(page, `#/points?${ledger}rules=1`);
  await page.getByRole('link', { name: /编辑新版/ }).click();
  await expect(page.getByText('启用以前都不算数')).toBeVisible();
}

/** Fills in the meeting and adopts the draft. */
export async function adoptRules(page: Page, effective: string): Promise<void> {
  await page.getByLabel('到会人数').fill('52');
  await page.getByLabel('会议决定').fill('到会 52 人,48 人同意');
  await page.getByLabel('施行日期').fill(effective);
  await button(page, '启用新版').click();
}

/** Adds goods at 5 points each. */
export async function addGoods(page: Page, name: string, stock: number): Promise<void> {
  await openApp(page, '#/goods');
  await saved(page);
  await button(page, '添加物品').first().click();
  const dialog = page.getByRole('dialog', { name: '添加物品' });
  await dialog.getByLabel('名称').fill(name);
  await dialog.getByLabel('单位', { exact: true }).fill('袋');
  await dialog.getByLabel('积分单价').fill('5');
  await dialog.getByLabel('期初库存').fill(String(stock));
  await dialog.getByRole('button', { name: '添加', exact: true }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

/** Records the item for each of these households: 环境整治, 5 points, unless another one is named. */
export async function recordPoints(page: Page, date: string, numbers: string[], item = '环境整治'): Promise<void> {
  await openApp(page, '#/points');
  await saved(page);
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await dialog.getByLabel('日期').fill(date);
  const select = dialog.getByLabel('事项', { exact: true });
  const option = select.locator('option', { hasText: item }).first();
  await select.selectOption((await option.getAttribute('value')) ?? '');
  for (const number of numbers) {
    await dialog.getByLabel('找户').fill(number);
    await dialog.getByLabel('找户').press('Enter');
    await expect(dialog.getByRole('status').filter({ hasText: `(${number})` })).toContainText('已加');
  }
  await button(page, '登记入账').click();
  await expect(dialog).toBeHidden();
  await saved(page);
}

/** Redeems one of the first goods for the household. */
export async function redeemOne(page: Page, number: string, head: string): Promise<void> {
  await openApp(page, '#/hall');
  await saved(page);
  await page.getByLabel('找户').fill(number);
  await expect(page.getByRole('option', { name: new RegExp(number) })).toBeVisible();
  await page.getByLabel('找户').press('Enter');
  await expect(page.getByRole('heading', { name: new RegExp(head) })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/兑换了 5 分/).first()).toBeVisible();
  await saved(page);
}

/** Does a step of the case with this title that needs no more than what `fill` fills in. */
export async function stepCase(page: Page, title: string, step: string, fill?: () => Promise<void>): Promise<void> {
  await openApp(page, '#/cases?all=1');
  await saved(page);
  await page.getByRole('link', { name: title }).first().click();
  const sheet = page.getByRole('region', { name: '事项详情' });
  await sheet.getByRole('button', { name: step, exact: true }).click();
  if (fill) {
    await fill();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await saved(page);
}

/** Downloads the save file of this laptop. */
export async function saveFile(page: Page, name: string): Promise<string> {
  await openApp(page, '#/data');
  await saved(page);
  const file = await download(page, () => button(page, '下载保存文件').click());
  // Both laptops name their files alike within a minute.
  const kept = test.info().outputPath(name);
  fs.renameSync(file, kept);
  return kept;
}

/** The other laptop begins with a save file of the first. */
export async function startFrom(page: Page, file: string, now: string): Promise<void> {
  await setNow(page, now);
  await openApp(page);
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByRole('navigation', { name: '主要栏目' })).toBeVisible();
  await saved(page);
}

/** Merges the other laptop's file. */
export async function mergeFile(page: Page, file: string): Promise<void> {
  const preview = await previewMerge(page, file);
  await preview.getByRole('button', { name: '合并', exact: true }).click();
  await expect(page.getByText(/^已合并:进来/)).toBeVisible();
  await saved(page);
}

/** Chooses the other laptop's file for merging, up to the preview. */
export async function previewMerge(page: Page, file: string) {
  await openApp(page, '#/data');
  await page.getByLabel('选择另一台电脑的保存文件').setInputFiles(file);
  return page.getByRole('region', { name: '合并会进来什么' });
}

/** What the village adds up to, as the screens say it. */
export async function picture(page: Page): Promise<string[]> {
  const texts: string[] = [];
  for (const [route, words] of [['#/points', '排行'], ['#/goods', '开始兑换'], ['#/people', '户号'], ['#/cases?all=1', '未办结']]) {
    await openApp(page, route);
    await expect(page.getByText(words ?? '').first()).toBeVisible();
    texts.push(await page.getByRole('main').innerText());
  }
  return texts;
}

/** Both laptops come to show the same. */
export async function alike(one: Page, other: Page): Promise<void> {
  await expect(async () => expect(await picture(one)).toEqual(await picture(other))).toPass({ timeout: 60_000 });
}

/** Records a dispute, assigns it and begins; answers its sheet, and how its steps are pressed and confirmed. */
export async function takeUpDispute(page: Page) {
  await typeCase(page, '两家争田埂');
  await page.getByRole('dialog').getByLabel('类别').selectOption({ label: '矛盾纠纷' });
  await sendCase(page);
  await saved(page);
  await page.getByRole('link', { name: '两家争田埂' }).click();
  const sheet = page.getByRole('region', { name: '事项详情' });
  const step = async (name: string) => sheet.getByRole('button', { name, exact: true }).click();
  const confirm = async () => {
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await step('交办');
  await page.getByRole('radio', { name: /小事立即办/ }).check();
  await confirm();
  await step('开始办理');
  return { sheet, step, confirm };
}
