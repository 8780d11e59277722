// The browser's own process is ended at random moments: while a hundred
// thousand entries come in, and within 50 ms after 「已保存」. What is stored
// is then all of the old or all of the new, and what was said to be saved is
// there. CUNZHI_KILLS sets how often each is done; the gate does a few.

import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, openApp, test } from './support/app.ts';
import { banner, button, recordCase, saved } from './support/faults.ts';
import { root } from './support/places.ts';
import { previewMerge } from './support/village.ts';

const KILLS = Number(process.env.CUNZHI_KILLS ?? 2);
const files = path.join(root, 'target', 'tmp', 'kill');
/** Entries and acts of both files, as `tests/native/kill_files.rs` wrote them. */
const [before, after] = fs.existsSync(path.join(files, 'held.txt'))
  ? fs.readFileSync(path.join(files, 'held.txt'), 'utf8').split('\n').map((line) => Number(line.split(' ')[1]))
  : [0, 0];

/** So many milliseconds of real time: the moment of the kill is what is being varied. */
const pass = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How many acts are stored, by the page that verifies all of them. */
async function acts(page: Page): Promise<number> {
  await openApp(page, '#/data');
  await page.getByRole('button', { name: /^(开始核对|再核对一次)$/ }).click();
  const words = await page.getByText(/✓ 全部 [\d,]+ 笔记录都没有被改动过/).innerText({ timeout: 60_000 });
  return Number(/[\d,]+/.exec(words)?.[0].replaceAll(',', ''));
}

test('a hundred thousand entries come in wholly or not at all', async ({ page: first, profile }) => {
  test.setTimeout(120_000 + KILLS * 60_000);
  expect(before && after, 'the native tests have written the files').toBeTruthy();
  await openApp(first);
  await first.getByLabel('选择保存文件').setInputFiles(path.join(files, 'before.cunzhi'));
  await button(first, '用它替换本机数据').click();
  await saved(first);
  await profile.close();
  const kept = test.info().outputPath('profile');
  fs.cpSync(profile.folder, kept, { recursive: true });

  // Once to the end, to know over which time the kills have to be spread.
  let span = 0;
  const outcomes = { old: 0, new: 0 };
  for (let kill = 0; kill <= KILLS; kill++) {
    fs.rmSync(profile.folder, { recursive: true, force: true });
    fs.cpSync(kept, profile.folder, { recursive: true });
    const context = await profile.start();
    const page = context.pages()[0] ?? (await context.newPage());
    await openApp(page, '#/data');
    await saved(page);
    const preview = await previewMerge(page, path.join(files, 'after.cunzhi'));
    const done = page.getByText(/^已合并:进来/);
    const start = Date.now();
    await preview.getByRole('button', { name: '合并', exact: true }).click();
    let said = false;
    if (kill === 0) {
      await expect(done).toBeVisible({ timeout: 60_000 });
      span = Date.now() - start;
      said = true;
    } else {
      // Most of the span is the screen's: the transaction comes early in it.
      await pass(Math.random() ** 3 * span);
      said = await done.isVisible();
    }
    await profile.kill();

    const reopened = await profile.start();
    const again = reopened.pages()[0] ?? (await reopened.newPage());
    const found = await acts(again);
    await expect(banner(again)).toHaveCount(0);
    expect([before, after], `kill ${kill}: neither half nor anything else`).toContain(found);
    if (said) {
      expect(found, `kill ${kill}: it was said to be merged`).toBe(after);
    }
    outcomes[found === before ? 'old' : 'new'] += 1;
    await profile.close();
  }
  console.log(`merge of ${after - before} acts over ${span} ms, ${KILLS} kills: ${JSON.stringify(outcomes)}`);
});

test('what was said to be saved outlives a kill within 50 ms', async ({ page: first, profile }) => {
  test.setTimeout(60_000 + KILLS * 30_000);
  await openApp(first);
  await first.getByRole('button', { name: '进演示村看看' }).click();
  await saved(first);
  await profile.close();
  for (let kill = 1; kill <= KILLS; kill++) {
    const context = await profile.start();
    const page = context.pages()[0] ?? (await context.newPage());
    await openApp(page, '#/cases');
    await saved(page);
    await recordCase(page, `断电前第 ${kill} 件`);
    await pass(Math.random() * 50);
    await profile.kill();
    const reopened = await profile.start();
    const again = reopened.pages()[0] ?? (await reopened.newPage());
    await openApp(again, '#/cases');
    await expect(again.getByText(`断电前第 ${kill} 件`).first(), `kill ${kill}`).toBeVisible();
    await expect(banner(again)).toHaveCount(0);
    await profile.close();
  }
  console.log(`${KILLS} kills within 50 ms after the saved mark: every entry was there`);
});
