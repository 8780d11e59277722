// Automatic snapshots: taken before something large, listed, and a way back.

import fs from 'node:fs';
import { axe, download, expect, openApp, reload, shot, test } from './support/app.ts';
import { button, demo, recordCase, saved, setQuota } from './support/faults.ts';
import { found } from './support/village.ts';
import type { Page } from '@playwright/test';

async function saveFile(page: Page): Promise<string> {
  await openApp(page, '#/data');
  return download(page, () => button(page, '下载保存文件').click());
}

async function chooseFile(page: Page, file: string): Promise<void> {
  await openApp(page, '#/data');
  await saved(page);
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await button(page, '用它替换本机数据').click();
}

async function clear(page: Page): Promise<void> {
  await button(page, '清空本机数据').click();
  await page.getByLabel('输入村名').fill('柳湾村');
  await button(page, '清空').click();
  await expect(button(page, '进演示村看看')).toBeVisible();
}

const list = (page: Page) => page.locator('.snapshots__one');

test('restoring keeps what was there, and there is a way back', async ({ page }) => {
  await demo(page);
  const before = await saveFile(page);
  await expect(page.getByText('还没有。导入花名册')).toBeVisible();
  await recordCase(page, '恢复前登记的');
  await chooseFile(page, before);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText(/未办结/).first()).toBeVisible();
  await expect(page.getByText('恢复前登记的')).toHaveCount(0);

  await openApp(page, '#/data');
  await expect(list(page)).toHaveCount(1);
  await expect(list(page)).toContainText('恢复数据前');
  await expect(list(page)).toContainText('柳湾村,410 户 1,740 人');
  await list(page).scrollIntoViewIfNeeded();
  await axe(page);
  await shot(page, 'snapshots');
  const kept = await download(page, () => button(page, '另存为文件').click());
  expect(fs.readFileSync(kept).subarray(0, 6).toString(), 'a save file').toBe('CUNZHI');

  await button(page, '恢复到这一份').click();
  await axe(page);
  await shot(page, 'snapshot-ask');
  await page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
  await expect(page.getByText(/已恢复到 .*的自动备份/)).toBeVisible();
  // Nothing has left the browser, so nothing of it counts as saved.
  await expect(page.getByText(/还没有存进文件/)).toBeVisible();
  await expect(list(page)).toHaveCount(2);
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText('恢复前登记的').first()).toBeVisible();

  // Only the last three stay, and clearing takes them along.
  for (const title of ['第一次换掉的', '第二次换掉的']) {
    // Gone when the restoring is done, so it tells this one from the one before.
    await recordCase(page, title);
    await chooseFile(page, before);
    await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
    await saved(page);
    await openApp(page, '#/cases?all=1');
    await expect(page.getByText(/未办结/).first()).toBeVisible();
    await expect(page.getByText(title)).toHaveCount(0);
    await openApp(page, '#/data');
    await expect(list(page)).toHaveCount(3);
  }
  // Going back to the oldest of them does not let it go for the one that is taken then.
  const times = () => list(page).locator('.snapshots__words').allInnerTexts();
  const oldest = (await times()).at(-1);
  await list(page).last().getByRole('button', { name: '恢复到这一份' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
  await expect(page.getByText(/已恢复到 .*的自动备份/)).toBeVisible();
  await expect(list(page)).toHaveCount(3);
  expect((await times()).at(-1)).toBe(oldest);
  await clear(page);
  await demo(page);
  await openApp(page, '#/data');
  await expect(page.getByText('还没有。导入花名册')).toBeVisible();
});

test('a book that does not open at all can go back to a snapshot', async ({ page }) => {
  await demo(page);
  const before = await saveFile(page);
  await recordCase(page, '恢复前登记的');
  await chooseFile(page, before);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await saved(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('cunzhi');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('meta', 'readwrite');
          transaction.objectStore('meta').put(new Uint8Array([1]).buffer, 'laptop');
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
        opening.onerror = () => reject(opening.error);
      }),
  );
  await reload(page);
  await expect(page.getByRole('heading', { name: '本村数据打不开' })).toBeVisible();
  await expect(list(page)).toHaveCount(1);
  await axe(page);
  await shot(page, 'recovery-snapshots');
  await button(page, '恢复到这一份').click();
  await page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
  // What does not open cannot be kept as a snapshot; the user is asked.
  await page.getByRole('dialog', { name: '没有备份,还要继续吗?' }).getByRole('button', { name: '不备份,继续' }).click();
  await saved(page);
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText('恢复前登记的').first()).toBeVisible();
});

test('a village without households is kept as well', async ({ page }) => {
  await found(page, '小村', '2026-11-22T10:00:00+08:00');
  await recordCase(page, '还没有花名册');
  const before = await saveFile(page);
  await recordCase(page, '恢复前登记的');
  await chooseFile(page, before);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await expect(list(page)).toHaveCount(1);
  await expect(list(page)).toContainText('小村,0 户 0 人');
});

test('while one file is put in place, nothing can be cleared', async ({ page }) => {
  await demo(page);
  const before = await saveFile(page);
  await page.getByLabel('选择保存文件').setInputFiles(before);
  await expect(button(page, '用它替换本机数据')).toBeVisible();
  await button(page, '清空本机数据').click();
  await page.getByLabel('输入村名').fill('柳湾村');
  await expect(button(page, '清空')).toBeEnabled();
  // One after the other before anything is drawn: the dialog lets nobody else in.
  await page.evaluate(() => {
    const press = (words: string) => {
      const all = [...document.querySelectorAll('button')];
      all.find((one) => one.textContent?.trim() === words)?.click();
    };
    press('用它替换本机数据');
    press('清空');
  });
  const dialog = page.getByRole('dialog', { name: '清空本机数据' });
  await expect(dialog).toContainText('上一笔还在保存,请稍等。');
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await expect(list(page)).toHaveCount(1);
  await expect(dialog, 'and the village is still there').toBeVisible();
  // Cleared when the other is done; what a closed window leaves behind is nothing.
  await button(page, '清空').click();
  await expect(button(page, '进演示村看看')).toBeVisible();
  await openApp(page);
  const left = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('cunzhi');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const counted = request.result.transaction('snapshots').objectStore('snapshots').count();
          counted.onsuccess = () => {
            request.result.close();
            resolve(counted.result);
          };
        };
      }),
  );
  expect(left, 'snapshots').toBe(0);
});

test('a snapshot that cannot be taken is asked about', async ({ page: first, restart, appUrl }) => {
  await demo(first);
  const before = await saveFile(first);
  const page = await restart();
  await setQuota(page, appUrl, 1);
  await chooseFile(page, before);
  const question = page.getByRole('dialog', { name: '没有备份,还要继续吗?' });
  await expect(question).toContainText('磁盘空间不够');
  await axe(page);
  await shot(page, 'snapshot-failed');
  await question.getByRole('button', { name: '先不做' }).click();
  await expect(page.getByText('自动备份没有做成,所以没有恢复,数据没有变动。')).toBeVisible();
  await setQuota(page, appUrl);
  await chooseFile(page, before);
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await saved(page);
});
