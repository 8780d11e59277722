// A quarter in the life of a village, as a secretary plays it: by the words on
// the screen, from a real roster to a save file that brings it all back.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { download, expect, openApp, reload, setNow, shot, test } from './support/app.ts';

const roster = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures', '柳湾村花名册.xlsx');

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name, exact: true }).click();
const told = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();
const saved = (page: Page) => expect(page.getByText('✓ 已保存')).toBeVisible();

async function found(page: Page) {
  await page.getByLabel('村名').fill('柳湾村');
  await page.getByLabel('乡镇').fill('清河镇');
  await button(page, '建村').click();
  await saved(page);
}

async function importRoster(page: Page) {
  await rail(page, '村情');
  await page.getByRole('link', { name: '导入花名册' }).first().click();
  await page.getByLabel('选择花名册文件').setInputFiles(roster);
  await expect(page.getByText(/410 户.*1,740 人.*74 名党员/).first()).toBeVisible();
  await shot(page, 'import-map');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('已导入 410 户、1,740 人、74 名党员。').first()).toBeVisible();
}

async function recordActivity(page: Page, date: string, item: string, note: string, households: string[]) {
  await button(page, '登记活动').first().click();
  const dialog = page.getByRole('dialog', { name: '登记活动' });
  await dialog.getByLabel('日期').fill(date);
  const select = dialog.getByLabel('事项', { exact: true });
  const option = select.locator('option', { hasText: item }).first();
  await select.selectOption((await option.getAttribute('value')) ?? '');
  await dialog.getByLabel('事由').fill(note);
  for (const household of households) {
    await dialog.getByLabel('找户').fill(household);
    await dialog.getByLabel('找户').press('Enter');
  }
  await button(page, '登记入账').click();
  return dialog;
}

test('a quarter runs end to end', async ({ page }) => {
  await setNow(page, '2026-09-26T10:00:00+08:00');
  await openApp(page);
  await found(page);
  await importRoster(page);

  // Points: the anchor of 50, and the daily cap with its reason.
  await rail(page, '积分');
  const days = ['08-01', '08-08', '08-15', '08-22', '08-29', '09-05', '09-12', '09-19'];
  for (const day of days) {
    const dialog = await recordActivity(page, `2026-${day}`, '环境整治', '村东路沿清扫', ['2-017', '1-088']);
    await expect(dialog).toBeHidden();
  }
  const mediation = await recordActivity(page, '2026-09-24', '调解邻里纠纷', '门口停车', ['whl']);
  await expect(mediation).toBeHidden();
  await rail(page, '积分');
  await page.getByRole('link', { name: '王海林' }).first().click();
  await expect(page.getByText('村东路沿清扫').first()).toBeVisible();
  await expect(page.getByRole('table').getByText('+10')).toBeVisible();
  await expect(page.getByText('50', { exact: true }).first()).toBeVisible();
  await shot(page, 'passbook');
  const twice = await recordActivity(page, '2026-09-19', '环境整治', '', ['2-017']);
  await expect(twice.getByText(/每日 1 次|今日已记|已记/).first()).toBeVisible();
  await twice.getByRole('button', { name: '关闭' }).click();

  // Goods and the redemption day, by keyboard.
  await rail(page, '兑换日');
  for (const [name, unit, price, stock] of [['洗衣液 2 kg', '瓶', '20', '10'], ['食盐 400 g', '袋', '5', '3']]) {
    await button(page, '添加物品').first().click();
    const dialog = page.getByRole('dialog', { name: '添加物品' });
    await dialog.getByLabel('名称').fill(name);
    await dialog.getByLabel('单位', { exact: true }).fill(unit);
    await dialog.getByLabel('积分单价').fill(price);
    await dialog.getByLabel('期初库存').fill(stock);
    await dialog.getByRole('button', { name: '添加', exact: true }).click();
    await expect(dialog).toBeHidden();
  }
  await page.getByRole('link', { name: '开始兑换' }).click();
  await page.getByLabel('找户').fill('whl');
  await expect(page.getByRole('option', { name: /2-017/ })).toBeVisible();
  await page.getByLabel('找户').press('Enter');
  await expect(page.getByRole('heading', { name: /王海林/ })).toBeVisible();
  for (const key of ['2', '2', '2', '2']) await page.keyboard.press(key);
  await button(page, /^兑换/).click();
  await expect(page.getByRole('alert').filter({ hasText: '库存只剩 3 袋' })).toBeVisible();
  await shot(page, 'hall-refused');
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await expect(page.getByText('兑后剩 20')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/已兑.*1.*户.*30.*分/).first()).toBeVisible();
  await saved(page);
  await page.getByRole('link', { name: /退出/ }).click();
  await page.getByRole('link', { name: '签领表' }).first().click();
  await expect(page.getByText('王海林').first()).toBeVisible();
  await shot(page, 'signatures');
  await page.getByRole('link', { name: '返回' }).or(button(page, '返回')).first().click();

  // A case from intake to the archive, once sent back.
  await rail(page, '民情');
  await button(page, '登记事项').click();
  await page.getByLabel('事项标题').fill('二组路灯不亮');
  await page.getByLabel('反映人').fill('王海林');
  await button(page, '登记').last().click();
  await saved(page);
  await page.getByRole('link', { name: '二组路灯不亮' }).click();
  const sheet = page.getByRole('region', { name: '事项详情' });
  const step = async (name: string) => sheet.getByRole('button', { name, exact: true }).click();
  const confirm = () => page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  for (let round = 1; round <= 2; round += 1) {
    await step('交办');
    await page.getByRole('radio', { name: /清单限时办/ }).check();
    await confirm();
    await step('开始办理');
    await step('办结反馈');
    await page.getByLabel('办理结果').fill('已换灯泡,当晚亮灯');
    await confirm();
    await step('登记评价');
    await page.getByRole('radio', { name: round === 1 ? '不满意' : '满意', exact: true }).check();
    await confirm();
    if (round === 1) await told(page, '退回重新交办');
  }
  await step('归档');
  await told(page, '已归档');
  await expect(sheet.getByRole('button')).toHaveCount(0);
  await expect(sheet.getByText('第 2 轮')).toBeVisible();

  // The chart as a picture of the right size.
  await rail(page, '总览');
  const png = await download(page, () => button(page, '存为 PNG 每月受理与办结').click());
  const bytes = fs.readFileSync(png);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const opened = await page.evaluate(async (content) => {
    const image = new Image();
    image.src = `data:image/png;base64,${content}`;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, bytes.toString('base64'));
  expect(opened).toEqual([1440, 580]);
  const svg = await download(page, () => button(page, '存为 SVG 四办去向').click());
  expect(fs.readFileSync(svg, 'utf8')).toContain('<svg');

  // Saved, cleared, restored: the same figures.
  const figures = () => page.locator('dl').first().innerText();
  const before = await figures();
  await rail(page, '数据');
  const file = await download(page, () => button(page, '下载保存文件').click());
  await button(page, '清空本机数据').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('柳湾村');
  await dialog.getByRole('button', { name: '清空', exact: true }).click();
  await expect(page.getByRole('heading', { name: '新建本村' })).toBeVisible();

  const cut = test.info().outputPath('cut.cunzhi');
  fs.writeFileSync(cut, fs.readFileSync(file).subarray(0, 5000));
  await page.getByLabel('选择保存文件').setInputFiles(cut);
  await expect(page.getByRole('alert').filter({ hasText: '文件不完整' })).toBeVisible();

  await page.getByLabel('选择保存文件').setInputFiles(file);
  await button(page, '用它替换本机数据').click();
  await rail(page, '总览');
  await expect.poll(figures).toBe(before);

  // A reload shows the same village.
  await reload(page);
  await expect.poll(figures).toBe(before);
});

test('bad files are refused with a sentence, and nothing is lost', async ({ page }) => {
  await setNow(page, '2026-09-26T10:00:00+08:00');
  await openApp(page);
  await found(page);
  await rail(page, '村情');
  await page.getByRole('link', { name: '导入花名册' }).first().click();
  const html = test.info().outputPath('花名册.xlsx');
  fs.writeFileSync(html, '<html><body><table><tr><td>姓名</td></tr></table></body></html>');
  await page.getByLabel('选择花名册文件').setInputFiles(html);
  await expect(page.getByRole('alert').filter({ hasText: '网页' })).toBeVisible();
  await reload(page);
  await expect(page.getByText('柳湾村').first()).toBeVisible();
});

test('the village survives the end of the browser', async ({ page, restart }) => {
  await setNow(page, '2026-09-26T10:00:00+08:00');
  await openApp(page);
  await found(page);
  const again = await restart();
  await openApp(again);
  await expect(again.getByRole('navigation', { name: '主要栏目' }).getByText('柳湾村')).toBeVisible();
});

test('a second window waits for the first', async ({ page, context }) => {
  await setNow(page, '2026-09-26T10:00:00+08:00');
  await openApp(page);
  await found(page);
  const second = await context.newPage();
  await openApp(second);
  const following = second.getByText('另一个窗口正在登记,这里只能看。');
  await expect(following).toBeVisible();
  await page.close();
  await expect(following).toHaveCount(0);
  await expect(second.getByRole('navigation', { name: '主要栏目' }).getByText('柳湾村')).toBeVisible();
});

test('a clock that jumps is asked about, and can be confirmed', async ({ page }) => {
  await setNow(page, '2026-09-26T10:00:00+08:00');
  await openApp(page);
  await found(page);
  await setNow(page, '2029-09-26T10:00:00+08:00');
  await openApp(page, '#/cases');
  const record = async () => {
    await page.getByRole('dialog', { name: '登记事项' }).getByRole('button', { name: '登记', exact: true }).click();
  };
  await button(page, '登记事项').click();
  await page.getByLabel('事项标题').fill('二组路灯不亮');
  await record();
  await expect(page.getByText('上一笔记录是 2026年9月26日')).toBeVisible();
  await button(page, '日期没错').click();
  await expect(page.getByText('上一笔记录是 2026年9月26日')).toBeHidden();
  await record();
  await expect(page.getByRole('link', { name: '二组路灯不亮' })).toBeVisible();
});
