// What can happen to the stored village, made to happen: each fault has its
// own words and its own way on, and nothing that was saved or typed is lost.

import fs from 'node:fs';
import path from 'node:path';
import { axe, download, expect, openApp, reload, shot, test } from './support/app.ts';
import {
  banner, blankPage, button, demo, holdDatabase, originOf, recordCase, saved, sendCase, setQuota, typeCase,
} from './support/faults.ts';
import { newer } from './support/segment.ts';
import { meddle, stored } from './support/stored.ts';
import { found } from './support/village.ts';

test('a full disk stops recording, and what was typed is saved afterwards', async ({ page: first, restart, appUrl }) => {
  await demo(first);
  const page = await restart();
  await setQuota(page, appUrl, 1);
  await typeCase(page, '二组路灯不亮');
  await saved(page);
  await sendCase(page);
  const refused = page.getByRole('dialog', { name: '这里现在不能登记' });
  await expect(refused).toContainText('磁盘空间不够');
  await expect(banner(page)).toContainText('磁盘空间不够');
  await axe(page);
  await shot(page, 'fault-full');
  await button(page, '回到填写的内容').click();
  await expect(page.getByLabel('事项标题')).toHaveValue('二组路灯不亮');
  // Still nothing may be recorded.
  await sendCase(page);
  await expect(refused).toBeVisible();
  await setQuota(page, appUrl);
  await refused.getByRole('button', { name: '重新读取' }).click();
  await expect(banner(page)).toHaveCount(0);
  await saved(page);
  await expect(page.getByLabel('事项标题')).toHaveValue('二组路灯不亮');
  await sendCase(page);
  await expect(page.getByText('已登记「二组路灯不亮」')).toBeVisible();
  await saved(page);
});

test('what was said to be saved survives the end of the browser', async ({ page, profile }) => {
  await demo(page);
  await typeCase(page, '断电前一刻');
  await sendCase(page);
  await expect(page.getByText('已登记「断电前一刻」')).toBeVisible();
  await profile.kill();
  const context = await profile.start();
  const again = context.pages()[0] ?? (await context.newPage());
  await openApp(again, '#/cases');
  await expect(again.getByText('断电前一刻').first()).toBeVisible();
  await saved(again);
});

/** The folders in which the browser keeps IndexedDB. */
function databases(profile: string): string[] {
  const found = fs.readdirSync(profile, { recursive: true, withFileTypes: true });
  const inside = found.filter((entry) => entry.parentPath.split(path.sep).includes('IndexedDB'));
  return inside.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

test('a database that cannot be opened is said so, and nothing is touched', async ({ page, profile, guard }) => {
  guard.allow(/IndexedDB|indexedDB|backing store/);
  await demo(page);
  await profile.close();
  const folders = new Set(databases(profile.folder).map((file) => path.dirname(file)));
  expect(folders.size, 'the profile keeps databases').toBeGreaterThan(0);
  // A file where the folder was: nothing can be opened or made there.
  for (const folder of folders) {
    fs.renameSync(folder, `${folder}.kept`);
    fs.writeFileSync(folder, '');
  }
  const broken = await (await profile.start()).newPage();
  await openApp(broken);
  await expect(broken.getByRole('heading', { name: '本村数据打不开' })).toBeVisible();
  await expect(broken.getByRole('alert')).toContainText('本机的数据库打不开');
  await axe(broken);
  await shot(broken, 'fault-will-not-open');
  await profile.close();
  for (const folder of folders) {
    fs.rmSync(folder);
    fs.renameSync(`${folder}.kept`, folder);
  }
  const mended = await (await profile.start()).newPage();
  await openApp(mended);
  await expect(mended.getByText('今天要办').first()).toBeVisible();
});

test('a database that the browser has emptied is not taken for a first run', async ({ page, profile, guard }) => {
  guard.allow(/IndexedDB|indexedDB|backing store/);
  await demo(page);
  const file = await download(page, async () => {
    await openApp(page, '#/data');
    await button(page, '下载保存文件').click();
  });
  await profile.close();
  for (const file of databases(profile.folder)) {
    fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 0xa5));
  }
  const emptied = await (await profile.start()).newPage();
  await openApp(emptied);
  await expect(emptied.getByRole('alert')).toContainText('本机原来有「柳湾村」的数据,现在是空的');
  await axe(emptied);
  await shot(emptied, 'fault-emptied');
  await emptied.getByLabel('选择保存文件').setInputFiles(file);
  await button(emptied, '用它替换本机数据').click();
  await expect(emptied.getByText('今天要办').first()).toBeVisible();
  await saved(emptied);
});

test('a browser that denies storage is said so', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await openApp(page);
  await expect(page.getByRole('alert')).toContainText('浏览器不允许本页保存数据');
  await axe(page);
  await shot(page, 'fault-denied');
});

test('a browser that denies storage only when it answers is said so as well', async ({ page }) => {
  // The words of Chromium where its settings forbid sites to keep data; denied.spec.ts has them from itself.
  await page.addInitScript(() => {
    const refusal = new DOMException('The user denied permission to access the database.', 'UnknownError');
    const open = IDBFactory.prototype.open;
    open.call(indexedDB, 'denied', 2);
    // Of a lower version, and so it fails.
    IDBFactory.prototype.open = () => open.call(indexedDB, 'denied', 1);
    Object.defineProperty(IDBRequest.prototype, 'error', { get: () => refusal });
  });
  await openApp(page);
  await expect(page.getByRole('alert')).toContainText('浏览器不允许本页保存数据');
});

test('data in a shape that only a newer program reads are left alone, and no file is promised', async ({
  page, context, appUrl, guard,
}) => {
  const blank = await blankPage(context, appUrl, guard);
  await blank.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('cunzhi', 99);
        request.onerror = () => reject(request.error);
        request.onupgradeneeded = () => void request.result.createObjectStore('segments2');
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
  );
  await openApp(page);
  await expect(page.getByRole('alert')).toContainText('这个旧版本读不了。数据都在,没有动过:请用新版村治打开。');
  await expect(button(page, '再打开一次')).toBeVisible();
  await axe(page);
  await shot(page, 'fault-too-new');
});

test('a book of a newer program that cannot even be begun is handed out as a file', async ({ page }) => {
  await found(page, '柳湾村', '2026-11-20T09:00:00+08:00');
  expect((await stored(page)).segments, 'the founding is the last act').toBe(1);
  await meddle(page, newer);
  await expect(page.getByRole('alert')).toContainText('更新版本的村治');
  await expect(page.getByText('存成的文件,新版村治可以用来恢复。')).toBeVisible();
  await axe(page);
  await shot(page, 'fault-newer-from-the-first-act');
  const file = await download(page, () => button(page, '把打不开的数据原样存成文件').click());
  expect(fs.readFileSync(file).includes('CZSG'), 'the journal is in it').toBe(true);
});

test('an older window is named, and opening goes on when it is closed', async ({ page, context, appUrl, guard }) => {
  const old = await blankPage(context, appUrl, guard);
  await holdDatabase(old, 1);
  await openApp(page);
  await expect(page.getByRole('heading', { name: '请关掉旧的村治窗口' })).toBeVisible();
  await axe(page);
  await shot(page, 'fault-blocked');
  await old.close();
  await expect(button(page, '进演示村看看')).toBeVisible();
});

test('an upgrade elsewhere closes this window, and the older program only reads', async ({
  page, context, appUrl, guard,
}) => {
  await demo(page);
  await typeCase(page, '升级前打的字');
  const newer = await blankPage(context, appUrl, guard);
  await holdDatabase(newer, 99);
  await expect(banner(page)).toContainText('村治已在另一个窗口升级,请刷新。');
  await shot(page, 'fault-upgraded');
  await sendCase(page);
  await expect(page.getByRole('dialog', { name: '这里现在不能登记' })).toContainText('已在另一个窗口升级');
  await button(page, '回到填写的内容').click();
  await expect(page.getByLabel('事项标题')).toHaveValue('升级前打的字');
  await reload(page);
  await expect(banner(page)).toContainText('更新版本的村治');
  await axe(page);
  await shot(page, 'fault-newer');
  const file = await download(page, () => button(page, '存成文件').click());
  expect(fs.statSync(file).size, 'the whole village').toBeGreaterThan(50_000);
  await typeCase(page, '记不进去');
  await sendCase(page);
  await expect(page.getByRole('dialog', { name: '这里现在不能登记' })).toContainText('更新版本的村治');
});

test('a deletion elsewhere waits until there is a file', async ({ page, context, appUrl, guard }) => {
  await demo(page);
  const other = await blankPage(context, appUrl, guard);
  await other.evaluate(() => void indexedDB.deleteDatabase('cunzhi'));
  await expect(banner(page)).toContainText('另一个页面要删除本机的村治数据');
  await shot(page, 'fault-deleted');
  const file = await download(page, () => button(page, '存成文件').click());
  expect(fs.statSync(file).size, 'the whole village').toBeGreaterThan(50_000);
});

test('cleared site data are said so, and nothing more is recorded', async ({ page, context, appUrl }) => {
  await demo(page);
  await typeCase(page, '清理前打的字');
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: originOf(appUrl), storageTypes: 'indexeddb' });
  await expect(banner(page)).toContainText(/浏览器关掉了本机的数据库|要删除本机的村治数据/);
  await shot(page, 'fault-cleared');
  await sendCase(page);
  await expect(page.getByRole('dialog', { name: '这里现在不能登记' })).toBeVisible();
});

test('a write that fails for no known cause can be tried again', async ({ page, guard }) => {
  guard.allow(/not today/);
  await demo(page);
  await recordCase(page, '写得进');
  await typeCase(page, '写不进');
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...what) {
      IDBObjectStore.prototype.add = add;
      const request = add.apply(this, what);
      this.transaction.abort();
      return request;
    };
  });
  await sendCase(page);
  const refused = page.getByRole('dialog', { name: '这里现在不能登记' });
  await expect(refused).toContainText('没有保存成功');
  await shot(page, 'fault-aborted');
  await refused.getByRole('button', { name: '重新读取' }).click();
  await expect(page.getByLabel('事项标题')).toHaveValue('写不进');
  // It is read again first.
  await expect(banner(page)).toHaveCount(0);
  await saved(page);
  await sendCase(page);
  await expect(page.getByText('已登记「写不进」')).toBeVisible();
});
