// One person: everything held about them goes out as a file, and after erasing
// the name is in no byte of the database and of a new save file.

import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, download, expect, openApp, reload, setNow, shot, test } from './support/app.ts';
import { button, demo } from './support/faults.ts';
import { mergeFile, saveFile as fileOf, startFrom } from './support/village.ts';

const NAME = '王海林';

/** How often the text stands in anything that any database of this page holds, keys included. */
async function stored(page: Page, text: string): Promise<number> {
  return page.evaluate(async (text) => {
    const wanted = new TextEncoder().encode(text);
    const times = (bytes: Uint8Array): number => {
      let found = 0;
      for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
        if (wanted.every((byte, place) => bytes[at + place] === byte)) found += 1;
      }
      return found;
    };
    const inside = (value: unknown): number => {
      if (typeof value === 'string') return value.split(text).length - 1;
      if (value instanceof ArrayBuffer) return times(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) return times(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      if (value && typeof value === 'object') return Object.values(value).reduce<number>((sum, part) => sum + inside(part), 0);
      return 0;
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let found = 0;
    let values = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        const [keys, all] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
        values += all.length;
        found += inside(keys) + inside(all);
      }
      database.close();
    }
    if (values === 0) throw new Error('nothing is stored');
    return found + inside(Object.values(localStorage));
  }, text);
}

/** The rule book that is being drawn up, as the browser keeps it. */
const draft = (page: Page) => page.evaluate(() => localStorage.getItem('cunzhi-rule-draft') ?? '');

/** Puts an item that names the person into the draft of the rule book. */
async function draftItem(page: Page): Promise<void> {
  await openApp(page, '#/points?rules=1');
  await page.getByRole('link', { name: /编辑新版/ }).click();
  await button(page, '添加事项').click();
  await page.getByRole('dialog').getByLabel('事项名称').fill(`跟${NAME}清沟`);
  await page.getByRole('dialog').getByLabel(/^分值/).fill('5');
  await button(page, '放进草稿').click();
}

async function saveFile(page: Page): Promise<Buffer> {
  await openApp(page, '#/data');
  const file = await download(page, () => page.getByRole('button', { name: '下载保存文件' }).click());
  return fs.readFileSync(file);
}

/** Erases the person whose household's panel is open. */
async function erase(page: Page): Promise<void> {
  await page.getByRole('region', { name: '这一户' }).getByRole('button', { name: '删除此人' }).click();
  const dialog = page.getByRole('dialog', { name: /^删除.+的资料$/ });
  await dialog.getByLabel('输入姓名').fill(NAME);
  await dialog.getByRole('button', { name: '删除', exact: true }).click();
  await expect(dialog.getByText('还要请您做两件事')).toBeVisible();
  await dialog.getByRole('button', { name: '关闭' }).last().click();
}

test('an erasure that comes with a merge takes the name out of the snapshots too', async ({ page, other }) => {
  const now = '2026-11-22T10:00:00+08:00';
  await setNow(page, now);
  await demo(page);
  const begin = await fileOf(page, 'begin.cunzhi');
  // Here the name lies in a snapshot already.
  await page.getByLabel('选择保存文件').setInputFiles(begin);
  await button(page, '用它替换本机数据').click();
  await expect(page.locator('.snapshots__one')).toHaveCount(1);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await startFrom(other, begin, '2026-11-22T10:10:00+08:00');
  await openApp(other, '#/people');
  await other.getByRole('link', { name: '2-017', exact: true }).click();
  await erase(other);
  const erased = await fileOf(other, 'erased.cunzhi');
  await draftItem(page);
  await expect.poll(() => draft(page)).toContain(NAME);
  expect(await stored(page, NAME)).toBeGreaterThan(1);
  await mergeFile(page, erased);
  await expect(page.getByText('本机的自动备份里还有此人,已一并清掉')).toBeVisible();
  await shot(page, 'person-erased-by-merging');
  expect(await stored(page, NAME)).toBe(0);
  expect(await draft(page), 'the draft is still there').toContain('跟某某清沟');
  await expect(page.locator('.snapshots__one')).toHaveCount(0);
});

test('a file in which somebody was erased takes the name out of the snapshots too, and says so before', async ({ page, other }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  const begin = await fileOf(page, 'begin.cunzhi');
  await page.getByLabel('选择保存文件').setInputFiles(begin);
  const ask = page.getByRole('form', { name: '文件里的内容' });
  await expect(ask).toBeVisible();
  await expect(ask.getByText('删除过某人')).toHaveCount(0);
  await button(page, '用它替换本机数据').click();
  await expect(page.locator('.snapshots__one')).toHaveCount(1);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await startFrom(other, begin, '2026-11-22T10:10:00+08:00');
  await openApp(other, '#/people');
  await other.getByRole('link', { name: '2-017', exact: true }).click();
  await erase(other);
  await page.getByLabel('选择保存文件').setInputFiles(await fileOf(other, 'erased.cunzhi'));
  await expect(ask).toContainText('文件里删除过某人的资料,本机还有此人。');
  await axe(page);
  await shot(page, 'restore-forgets');
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText(/已换成保存文件里的数据:.*自动备份已一并清掉/).first()).toBeVisible();
  await expect(page.getByText('还没有。导入花名册')).toBeVisible();
  expect(await stored(page, NAME)).toBe(0);
});

test('one person is handed out and erased', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await openApp(page);
  await page.getByRole('button', { name: '进演示村看看' }).click();
  await expect(page.getByText('今天要办').first()).toBeVisible();

  // A case that names the person in three places.
  await openApp(page, '#/cases');
  await page.getByRole('button', { name: '登记事项' }).click();
  const intake = page.getByRole('dialog', { name: '登记事项' });
  await intake.getByLabel('事项标题').fill(`${NAME}家门口积水`);
  await intake.getByLabel('详细情况').fill(`${NAME}说下雨就积水`);
  await intake.getByLabel('反映人').fill(NAME);
  await intake.getByLabel('联系电话').fill('0713-5551234');
  await intake.getByRole('button', { name: '登记', exact: true }).click();
  await expect(intake).toBeHidden();
  await expect(page.getByText('✓ 已保存')).toBeVisible();
  expect(await stored(page, NAME)).toBeGreaterThanOrEqual(4);
  const kept = await saveFile(page);
  expect(kept.includes(NAME)).toBe(true);
  // A snapshot with the name lies beside the village.
  await page.getByLabel('选择保存文件').setInputFiles({
    name: '柳湾村.cunzhi', mimeType: 'application/octet-stream', buffer: kept,
  });
  await button(page, '用它替换本机数据').click();
  await expect(page.locator('.snapshots__one')).toHaveCount(1);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();

  // The rule book that is being drawn up names the person too.
  await draftItem(page);
  const drawn = () => page.evaluate((text) => Object.values(localStorage).some((value) => `${value}`.includes(text)), `跟${NAME}清沟`);
  await expect.poll(drawn).toBe(true);

  await openApp(page, '#/people');
  await page.getByRole('link', { name: '2-017', exact: true }).click();
  const panel = page.getByRole('region', { name: '这一户' });
  await expect(panel.getByRole('heading', { name: NAME })).toBeVisible();
  const points = await panel.getByText(/积分结余/).innerText();
  await shot(page, 'person-actions');
  await axe(page);

  const file = await download(page, () => panel.getByRole('button', { name: '导出此人资料' }).click());
  expect(file).toMatch(/柳湾村_王海林_本人资料_2026-11-22\.html$/);
  const document = fs.readFileSync(file, 'utf8');
  for (const words of ['登记的本人资料', '2-017', `${NAME}家门口积水`, '0713-5551234']) {
    expect(document).toContain(words);
  }
  // A page of its own, so that what is looked at is the file and not the app.
  const paper = await page.context().newPage();
  await paper.setContent(document);
  await shot(paper, 'person-file');
  await paper.close();

  await panel.getByRole('button', { name: '删除此人' }).click();
  const dialog = page.getByRole('dialog', { name: /^删除.+的资料$/ });
  await expect(dialog.getByText(`会删掉「${NAME}」登记的姓名`)).toBeVisible();
  await expect(dialog.getByText(`${NAME}家门口积水`)).toBeVisible();
  const erase = dialog.getByRole('button', { name: '删除', exact: true });
  await expect(erase).toBeDisabled();
  await dialog.getByLabel('输入姓名').fill('王海');
  await expect(erase).toBeDisabled();
  await dialog.getByLabel('输入姓名').fill(NAME);
  await shot(page, 'person-erase');
  await axe(page);
  await erase.click();
  await expect(dialog.getByText('还要请您做两件事')).toBeVisible();
  await shot(page, 'person-erased');
  await axe(page);
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await expect(panel.getByRole('heading', { name: '2-017 已删除' })).toBeVisible();
  await expect(panel.getByText(/积分结余/)).toHaveText(points);
  await shot(page, 'person-gone');

  // Nowhere: not in the database, not on the screens, not in a new save file.
  for (const text of [NAME, '0713-5551234']) {
    expect(await stored(page, text), text).toBe(0);
  }
  const saved = await saveFile(page);
  expect([saved.includes(NAME), saved.includes('0713-5551234'), saved.includes('某某家门口积水')]).toEqual([false, false, true]);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('searchbox', { name: '查找' })).toBeFocused();
  await page.keyboard.type('whl');
  const hits = page.getByRole('list', { name: '查找结果' });
  await expect(hits).toBeVisible();
  await expect(hits).not.toContainText(NAME);
  for (const route of ['', '#/cases?all=1', '#/points', '#/people', '#/signatures', '#/reports']) {
    await openApp(page, route);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByText(NAME)).toHaveCount(0);
  }

  // After a new start too.
  await reload(page);
  expect(await stored(page, NAME)).toBe(0);
});
