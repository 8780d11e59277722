// Saving by itself to a chosen folder. The folder is the origin's private one,
// because a test cannot press the buttons of the browser's own dialog.

import { axe, download, expect, openApp, reload, setNow, shot, test } from './support/app.ts';
import { banner, button, demo, recordCase, saved } from './support/faults.ts';
import { forged } from './support/segment.ts';
import { meddle } from './support/stored.ts';
import { recordPoints } from './support/village.ts';
import type { Page } from '@playwright/test';

/** With the short number of the laptop in it. */
const NAME = /柳湾村_自动保存_[0-9A-F]{4}\.cunzhi/;

/** The one file in the folder: its name and its bytes. */
async function fileInFolder(page: Page): Promise<[string, number[]]> {
  const files = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const found: [string, number[]][] = [];
    for await (const [name, handle] of (folder as unknown as { entries(): AsyncIterable<[string, FileSystemFileHandle]> }).entries()) {
      // What is being written stands beside it under another name until it is complete.
      if (name.endsWith('.cunzhi')) {
        found.push([name, [...new Uint8Array(await (await handle.getFile()).arrayBuffer())]]);
      }
    }
    return found;
  });
  expect(files.map(([name]) => name)).toEqual([expect.stringMatching(NAME)]);
  return files[0] ?? ['', []];
}

/** The first bytes and the size of the same file. */
async function inFolder(page: Page): Promise<[string, number]> {
  return page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    for await (const [name, handle] of (folder as unknown as { entries(): AsyncIterable<[string, FileSystemFileHandle]> }).entries()) {
      if (name.endsWith('.cunzhi')) {
        // While a new one takes its place, the old one cannot be read.
        const file = await handle.getFile().catch(() => new File([], name));
        return [await file.slice(0, 6).text().catch(() => ''), file.size] as [string, number];
      }
    }
    return ['', 0] as [string, number];
  });
}

/** As if the page was covered: the moment at which it saves without waiting. */
async function cover(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'visibilityState');
  });
}

const picker = () => {
  const folder = () => navigator.storage.getDirectory();
  Object.defineProperty(window, 'showDirectoryPicker', { value: folder });
};

test('a chosen folder is saved to by itself, also after a restart', async ({ page, restart }) => {
  await page.addInitScript(picker);
  await demo(page);
  await openApp(page, '#/data');
  await expect(page.getByText('还没有做过')).toBeVisible();
  await button(page, '选一个文件夹(U 盘)自动保存').click();
  await expect(page.getByText(NAME)).toBeVisible();
  await expect(page.getByText('还没有做过')).toHaveCount(0);
  await page.getByText('自动存到 U 盘').scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'folder');
  await expect.poll(async () => (await inFolder(page))[0]).toBe('CUNZHI');
  const first = (await inFolder(page))[1];

  await recordCase(page, '自动保存里有的');
  await cover(page);
  await expect.poll(async () => (await inFolder(page))[1]).toBeGreaterThan(first);

  const again = await restart();
  await again.addInitScript(picker);
  await openApp(again, '#/data');
  await expect(again.getByText(NAME)).toBeVisible();
  await saved(again);
  const grown = (await inFolder(again))[1];
  await recordCase(again, '重启以后的');
  await cover(again);
  await expect.poll(async () => (await inFolder(again))[1]).toBeGreaterThan(grown);

  // What is in the folder is a save file like any other.
  await openApp(again, '#/data');
  const [name, bytes] = await fileInFolder(again);
  await again.getByLabel('选择保存文件').setInputFiles({
    name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes),
  });
  await expect(again.getByText(/文件完好.*柳湾村/)).toBeVisible();
  await button(again, '不再自动保存').click();
  await expect(button(again, '选一个文件夹(U 盘)自动保存')).toBeVisible();
});

test('a book that was altered does not take the place of the last good file', async ({ page, context }) => {
  await page.addInitScript(picker);
  await demo(page);
  await openApp(page, '#/data');
  await button(page, '选一个文件夹(U 盘)自动保存').click();
  await expect(page.getByText('还没有做过')).toHaveCount(0);
  const good = await fileInFolder(page);
  await recordPoints(page, '2026-11-17', ['2-017'], '乱倒垃圾');
  await meddle(page, forged);
  await expect(banner(page)).toContainText('可能被改动过');
  // Another window takes over: it verifies for itself, before it writes the folder's file.
  const second = await context.newPage();
  await second.addInitScript(picker);
  await openApp(second, '#/data');
  await button(second, '在这里接管').click();
  await expect(second.getByText('另一个窗口正在登记')).toHaveCount(0);
  await expect(second.getByText(NAME)).toBeVisible();
  await cover(second);
  await expect(banner(second).filter({ hasText: '这里显示的内容不一定作准,只能看。' })).toBeVisible();
  expect(await fileInFolder(second)).toEqual(good);
});

test('a file that was still being written does not count for the book that took its place', async ({ page }) => {
  await page.addInitScript(picker);
  await demo(page);
  await openApp(page, '#/data');
  const file = await download(page, () => button(page, '下载保存文件').click());
  await button(page, '选一个文件夹(U 盘)自动保存').click();
  await expect.poll(async () => (await inFolder(page))[0]).toBe('CUNZHI');
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await button(page, '用它替换本机数据').click();
  await expect(page.locator('.snapshots__one')).toHaveCount(1);
  await recordCase(page, 'U 盘很慢的时候登记的');
  // A slow stick: writing ends when the test says so.
  await page.evaluate(() => {
    const { close } = FileSystemWritableFileStream.prototype;
    FileSystemWritableFileStream.prototype.close = async function () {
      await new Promise<void>((resolve) => Object.assign(window, { endWriting: resolve }));
      return close.call(this);
    };
  });
  await cover(page);
  await page.waitForFunction(() => 'endWriting' in window);
  await openApp(page, '#/data');
  await button(page, '恢复到这一份').click();
  await page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
  await expect(page.getByText(/已恢复到 .*的自动备份/)).toBeVisible();
  const unsaved = page.getByText(/^[\d,]+ 条还没有存进文件/);
  await expect(unsaved).toBeVisible();
  await page.evaluate(() => (window as unknown as { endWriting: () => void }).endWriting());
  await expect.poll(async () => (await inFolder(page))[1]).toBeGreaterThan(0);
  await saved(page);
  await expect(unsaved, 'what was gone back to has left the browser nowhere').toBeVisible();
});

test('while recording does not pause, it is saved all the same', async ({ page }) => {
  await page.addInitScript(picker);
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await demo(page);
  await openApp(page, '#/data');
  await button(page, '选一个文件夹(U 盘)自动保存').click();
  await expect(page.getByText('还没有做过')).toHaveCount(0);
  const first = (await inFolder(page))[1];
  await recordCase(page, '十点登记的');
  // Nearly ten minutes later: no pause of a minute is waited for any more.
  await setNow(page, '2026-11-22T10:09:59+08:00');
  await recordCase(page, '十点零九分登记的');
  await expect.poll(async () => (await inFolder(page))[1]).toBeGreaterThan(first);
  await openApp(page, '#/data');
  await expect(page.getByText(/还没有存进文件/)).toHaveCount(0);
});

test('a permission that ended and a stick that is gone are yellow strips, not stops', async ({ page }) => {
  await page.addInitScript(picker);
  await demo(page);
  await openApp(page, '#/data');
  await button(page, '选一个文件夹(U 盘)自动保存').click();
  await expect(page.getByText(NAME)).toBeVisible();
  // The first writing is over: what fails from here on is the next one.
  await expect(page.getByText('还没有做过')).toHaveCount(0);
  await page.evaluate(() => {
    const kept = FileSystemDirectoryHandle.prototype.getFileHandle;
    FileSystemDirectoryHandle.prototype.getFileHandle = () => {
      FileSystemDirectoryHandle.prototype.getFileHandle = kept;
      return Promise.reject(new DOMException('gone', 'NotFoundError'));
    };
  });
  await recordCase(page, 'U 盘拔掉时登记的');
  await cover(page);
  await expect(banner(page).filter({ hasText: 'U 盘可能已拔出' })).toBeVisible();
  await axe(page);
  await shot(page, 'folder-gone');
  await recordCase(page, '照样能登记');
  await button(page, '再试一次').click();
  await expect(banner(page)).toHaveCount(0);

  await page.addInitScript(() => {
    let granted = false;
    const queryPermission = () => Promise.resolve(granted ? 'granted' : 'prompt');
    const requestPermission = () => {
      granted = true;
      return queryPermission();
    };
    Object.assign(FileSystemHandle.prototype, { queryPermission, requestPermission });
  });
  await reload(page);
  await expect(banner(page).filter({ hasText: '要再允许一次' })).toBeVisible();
  await saved(page);
  await shot(page, 'folder-permission');
  await button(page, '允许').click();
  await expect(banner(page)).toHaveCount(0);
  await openApp(page, '#/data');
  const file = await download(page, () => button(page, '下载保存文件').click());
  expect(file).toContain('柳湾村');
});
