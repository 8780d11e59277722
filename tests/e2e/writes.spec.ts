// Large writes that fail, and snapshots that cannot be taken: nothing has
// changed, the user is told, and the next try goes through.

import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, download, expect, openApp, reload, shot, test } from './support/app.ts';
import { banner, button, demo, originOf, recordCase, saved } from './support/faults.ts';
import { stored } from './support/stored.ts';
import { found, previewMerge, rosterFile, saveFile, startFrom } from './support/village.ts';

const NOW = '2026-11-22T10:00:00+08:00';

/** The next transaction that writes this store is aborted, when all its requests are on their way. */
async function abortNext(page: Page, method: 'add' | 'clear' | 'put', name: string): Promise<void> {
  await page.evaluate(([method, name]) => {
    const prototype = IDBObjectStore.prototype as unknown as Record<string, (...what: unknown[]) => IDBRequest>;
    const kept = prototype[method]!;
    prototype[method] = function (this: IDBObjectStore, ...what: unknown[]) {
      const request = kept.apply(this, what);
      if (this.name === name) {
        prototype[method] = kept;
        queueMicrotask(() => this.transaction.abort());
      }
      return request;
    };
  }, [method, name] as const);
}

/** Every snapshot fails from now on. */
async function failSnapshots(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function () {
      const isSnapshot = this.objectStoreNames.contains('snapshots') && !this.objectStoreNames.contains('segments');
      return isSnapshot ? this.abort() : commit.call(this);
    };
  });
}

const question = (page: Page) => page.getByRole('dialog', { name: '没有备份,还要继续吗?' });
const alert = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words });

async function choose(page: Page, file: string): Promise<void> {
  await openApp(page, '#/data');
  await saved(page);
  await page.getByLabel('选择保存文件').setInputFiles(file);
}

test('a restoring that is aborted leaves everything as it was', async ({ page, guard }) => {
  guard.allow(/Abort/);
  await demo(page);
  const file = await saveFile(page, 'before.cunzhi');
  await recordCase(page, '恢复前登记的');
  await choose(page, file);
  const before = await stored(page);
  await abortNext(page, 'clear', 'segments');
  await button(page, '用它替换本机数据').click();
  await expect(alert(page, '没有做成,本机数据没有变')).toBeVisible();
  await axe(page);
  await shot(page, 'restore-aborted');
  expect(await stored(page)).toEqual(before);
  await saved(page);
  await choose(page, file);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
});

test('a merge fails, is given up, goes on without a snapshot', async ({ page, other, guard }) => {
  guard.allow(/Abort/);
  await found(page, '柳湾村', NOW);
  await startFrom(other, await saveFile(page, 'begin.cunzhi'), NOW);
  await recordCase(other, '那边登记的');
  const file = await saveFile(other, 'other.cunzhi');
  const merge = async () => (await previewMerge(page, file)).getByRole('button', { name: '合并', exact: true });
  const before = await stored(page);

  const failing = await merge();
  await abortNext(page, 'clear', 'segments');
  await failing.click();
  await expect(alert(page, '没有做成,本机数据没有变')).toBeVisible();
  expect(await stored(page), 'aborted').toEqual(before);

  // Given up while the snapshot is still being written.
  const slow = await merge();
  await page.evaluate(() => {
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function () {
      if (!this.objectStoreNames.contains('snapshots') || this.objectStoreNames.contains('segments')) {
        return commit.call(this);
      }
      const store = this.objectStore('snapshots');
      const wait = () => {
        if ((window as unknown as { goOn?: boolean }).goOn) commit.call(this);
        else store.count().onsuccess = wait;
      };
      wait();
    };
  });
  await slow.click();
  await expect(page.getByText('正在自动备份,然后合并…')).toBeVisible();
  await button(page, '取消').click();
  await page.evaluate(() => Object.assign(window, { goOn: true }));
  await expect(page.getByText('没有合并,数据没有变动。')).toBeVisible();
  await shot(page, 'merge-given-up');
  expect(await stored(page), 'given up').toEqual(before);

  const unkept = await merge();
  await failSnapshots(page);
  await unkept.click();
  await expect(question(page)).toContainText('浏览器没有把备份写进去');
  await question(page).getByRole('button', { name: '先不做' }).click();
  await expect(alert(page, '自动备份没有做成,所以没有合并,数据没有变动。')).toBeVisible();
  expect(await stored(page), 'not without a snapshot').toEqual(before);
  const again = await merge();
  await failSnapshots(page);
  await again.click();
  await question(page).getByRole('button', { name: '不备份,继续' }).click();
  await expect(page.getByText(/^已合并:进来/)).toBeVisible();
  await expect(page.locator('.snapshots__one'), 'of the aborted and the given up').toHaveCount(2);
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText('那边登记的').first()).toBeVisible();
});

test('a roster whose snapshot or whose write fails is not half there', async ({ page, guard }) => {
  guard.allow(/Abort/);
  await found(page, '柳湾村', NOW);
  const file = rosterFile([['1-001', '张三'], ['1-002', '李四']]);
  const begin = async () => {
    await openApp(page, '#/import');
    // Going where one is already would not load the page anew, nor mend what was broken.
    await reload(page);
    await saved(page);
    await page.getByLabel('选择花名册文件').setInputFiles(file);
    await expect(button(page, '导入')).toBeEnabled();
  };
  const before = await stored(page);
  await begin();
  await failSnapshots(page);
  await button(page, '导入').click();
  await question(page).getByRole('button', { name: '先不做' }).click();
  await expect(page.getByText('自动备份没有做成,所以没有做,数据没有变动。').first()).toBeVisible();
  await shot(page, 'import-unkept');
  expect(await stored(page)).toEqual(before);

  await begin();
  await abortNext(page, 'add', 'segments');
  await button(page, '导入').click();
  await expect(banner(page)).toContainText('没有保存成功');
  expect(await stored(page)).toEqual(before);
  await page.getByRole('dialog', { name: '这里现在不能登记' }).getByRole('button', { name: '重新读取' }).click();
  await expect(banner(page)).toHaveCount(0);
  await saved(page);

  await begin();
  await failSnapshots(page);
  await button(page, '导入').click();
  await question(page).getByRole('button', { name: '不备份,继续' }).click();
  await expect(page.getByText('已导入 2 户').first()).toBeVisible();
});

test('a village that cannot be read at all can be kept as a file and replaced', async ({ page }) => {
  await demo(page);
  const file = await saveFile(page, 'before.cunzhi');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('cunzhi');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('segments', 'readwrite');
          const cursor = transaction.objectStore('segments').openCursor();
          cursor.onsuccess = () => cursor.result?.update(new Uint8Array([1, 2, 3]).buffer);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onerror = () => reject(transaction.error);
        };
      }),
  );
  await reload(page);
  await expect(page.getByRole('heading', { name: '本村数据打不开' })).toBeVisible();
  await expect(alert(page, '第 1 段流水读不出来:记录不完整。')).toBeVisible();
  await axe(page);
  await shot(page, 'fault-unreadable');
  const rescued = await download(page, () => button(page, '把打不开的数据原样存成文件').click());
  expect(fs.readFileSync(rescued).subarray(0, 6).toString()).toBe('CUNZHI');
  expect(fs.statSync(rescued).size, 'its names are in it').toBeGreaterThan(50_000);
  await page.getByLabel('选择保存文件').setInputFiles(rescued);
  await expect(alert(page, '文件里的流水读不出来:记录不完整。请换一份保存文件。')).toBeVisible();
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await button(page, '用它替换本机数据').click();
  await saved(page);
  await expect(banner(page)).toHaveCount(0);
  await openApp(page, '#/points');
  await expect(page.getByRole('link', { name: '王海林' }).first()).toBeVisible();
});

test('who has no save file begins anew', async ({ page, context, appUrl }) => {
  await demo(page);
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: originOf(appUrl), storageTypes: 'indexeddb' });
  await reload(page);
  await expect(alert(page, '本机原来有「柳湾村」的数据,现在是空的')).toBeVisible();
  await button(page, '没有保存文件,从头开始').click();
  await expect(page.getByRole('heading', { name: '新建本村' })).toBeVisible();
  await reload(page);
  await expect(page.getByRole('heading', { name: '新建本村' }), 'it is not asked again').toBeVisible();
  await button(page, '进演示村看看').click();
  await saved(page);
});

test('when the program stops, a cover says so, and what was saved is there', async ({ page, guard }) => {
  guard.allow(/unreachable|panicked|capacity overflow|RuntimeError/);
  await demo(page);
  await recordCase(page, '出错以前登记的');
  await openApp(page, '#/data');
  await expect(button(page, '开始核对')).toBeVisible();
  // A length beyond all memory: the program cannot go on. It is so from the press
  // on: a quiet act of the program before it would already stop it.
  await page.evaluate(() => {
    const beyond = () => Object.defineProperty(Uint8Array.prototype, 'length', { configurable: true, get: () => 0xf000_0000 });
    document.addEventListener('click', beyond, { capture: true, once: true });
  });
  await button(page, '开始核对').click();
  await expect(alert(page, '程序出错停下了。已保存的内容都在,请刷新页面接着用。')).toBeVisible();
  await shot(page, 'fault-stopped');
  await reload(page);
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText('出错以前登记的').first()).toBeVisible();
  await saved(page);
});

test('a file that cannot be read or is too large says so', async ({ page }) => {
  await demo(page);
  const file = await saveFile(page, 'before.cunzhi');
  await page.evaluate(() => {
    const { size } = Object.getOwnPropertyDescriptors(Blob.prototype);
    Object.defineProperty(Blob.prototype, 'size', {
      configurable: true,
      get() {
        Object.defineProperty(Blob.prototype, 'size', size);
        return 1027 * 1024 * 1024;
      },
    });
  });
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await expect(alert(page, '文件有 1027 MB,超过 1024 MB 的上限,请确认选对了文件。')).toBeVisible();
  // The stick is pulled between choosing and reading.
  await page.evaluate(() => {
    const { readAsArrayBuffer } = FileReader.prototype;
    FileReader.prototype.readAsArrayBuffer = function (blob) {
      FileReader.prototype.readAsArrayBuffer = readAsArrayBuffer;
      Object.assign(window, { readNow: () => readAsArrayBuffer.call(this, blob) });
    };
  });
  await page.getByLabel('选择保存文件').setInputFiles(file);
  fs.rmSync(file);
  await page.waitForFunction(() => 'readNow' in window);
  await page.evaluate(() => (window as unknown as { readNow: () => void }).readNow());
  await expect(alert(page, '这个文件现在读不出来,可能已被移走,或 U 盘已拔出。请再选一次。')).toBeVisible();
});
