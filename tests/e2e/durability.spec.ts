// With which durability the app asks the browser to write: `strict` for what a
// person did, `relaxed` for what can be done again from what is there.

import type { Page } from '@playwright/test';
import { download, expect, openApp, test } from './support/app.ts';
import { button, demo, recordCase, saved } from './support/faults.ts';
import { recordMany } from './support/stored.ts';

/** So many segments of its own a laptop keeps before it folds them: `FOLD_AT` in `src/app/tail.rs`. */
const FOLD_AT = 128;

/** Every transaction that may write, as the app asked for it. */
async function writes(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { writes: string[] }).writes.splice(0));
}

test('acts and replacements are strict, folding and snapshots are relaxed', async ({ page }) => {
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

  // Many more, until they are folded: the last act is strict, folding is not.
  await recordMany(page, FOLD_AT - 2, (place) => `第 ${place} 笔`);
  await saved(page);
  const last = await writes(page);
  const folding = last.filter((write) => write.startsWith('relaxed'));
  expect(folding).toHaveLength(1);
  expect(folding[0]).toMatch(/^relaxed meta .*segments/);
  expect(last.filter((write) => write.startsWith('strict'))).toHaveLength(FOLD_AT - 2);

  await openApp(page, '#/data');
  const file = await download(page, () => button(page, '下载保存文件').click());
  await page.getByLabel('选择保存文件').setInputFiles(file);
  await writes(page);
  await button(page, '用它替换本机数据').click();
  await expect(page.getByText('已换成保存文件里的数据').first()).toBeVisible();
  await saved(page);
  const restoring = await writes(page);
  expect(restoring.filter((write) => write === book), 'the replacement').toHaveLength(1);
  expect(restoring, 'the snapshot before it').toContain('relaxed meta snapshots');
  expect(restoring.filter((write) => write.startsWith('relaxed') && write.includes('segments'))).toEqual([]);
});
