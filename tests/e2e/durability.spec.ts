// With which durability the app asks the browser to write: `strict` for what a
// person did and for what takes its place, `relaxed` for what can be done again.

import type { Page } from '@playwright/test';
import { download, expect, openApp, test } from './support/app.ts';
import { button, demo, recordCase, saved } from './support/faults.ts';
import { recordMany } from './support/stored.ts';

/** So many segments of its own a laptop keeps before it folds them: `FOLD_AT` in `src/app/tail.rs`. */
const FOLD_AT = 128;

/** Removing pictures that nobody needs: after opening, and after a replacement. */
const SWEEPING = 'relaxed meta photos snapshots';

/** Every transaction that may write, as the app asked for it, but for the sweeping. */
async function writes(page: Page): Promise<string[]> {
  const all = await page.evaluate(() => (window as unknown as { writes: string[] }).writes.splice(0));
  return all.filter((write) => write !== SWEEPING);
}

test('acts, replacements, folding and snapshots are strict, sweeping is relaxed', async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { writes: seen });
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      const asked = transaction.call(this, names, mode, options);
      if (mode === 'readwrite') {
        // What the browser took, not what was asked.
        seen.push(`${asked.durability} ${[...asked.objectStoreNames].join(' ')}`);
      }
      return asked;
    };
  });
  await demo(page);
  const book = 'strict meta photos register segments snapshots';
  expect(await writes(page), 'the demo village in place of nothing').toContain(book);

  await openApp(page, '#/cases');
  await saved(page);
  await writes(page);
  await recordCase(page, '一笔');
  expect(await writes(page), 'an act').toEqual(['strict meta segments']);

  // Many more, until they are folded: what takes the place of acts is as surely on the disk as they were.
  await recordMany(page, FOLD_AT - 2, (place) => `第 ${place} 笔`);
  await saved(page);
  const last = await writes(page);
  const folding = last.filter((write) => write.includes('register'));
  expect(folding).toHaveLength(1);
  expect(folding[0]).toMatch(/^strict meta .*segments/);
  expect(last).toHaveLength(FOLD_AT - 2 + folding.length);
  expect(last.filter((write) => write.startsWith('relaxed')), 'nothing of it').toEqual([]);

  await openApp(page, '#/data');
  const file = await download(page, () => button(page, '下载保存文件').click());
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await writes(page);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await saved(page);
  const restoring = await writes(page);
  expect(restoring.filter((write) => write === book), 'the replacement').toHaveLength(1);
  expect(restoring, 'the snapshot before it').toContain('strict meta snapshots');
  expect(restoring.filter((write) => write.startsWith('relaxed'))).toEqual([]);
});
