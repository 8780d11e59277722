// The browser's own process is ended at random moments, as a power cut does.
// Whatever was under way is there wholly or not at all: what is stored is, byte
// for byte, that of before or that of a run to the end; and what was said to be
// saved is there. CUNZHI_KILLS sets how often each is done; the gate does a few.

import fs from 'node:fs';
import path from 'node:path';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, openApp, setNow, test } from './support/app.ts';
import { banner, button, saved, sendCase, typeCase } from './support/faults.ts';
import { root } from './support/places.ts';
import { recordMany, stored, type Stored } from './support/stored.ts';
import { found, previewMerge, type Home, rosterFile } from './support/village.ts';

const KILLS = Number(process.env.CUNZHI_KILLS ?? 2);
/** From so many on, chance has to have brought both outcomes, and a kill within the transaction. */
const MANY = 20;
/** So many milliseconds after the mark a kill is still at once. */
const SOON = 50;
const NOW = '2026-11-22T10:00:00+08:00';
/** So many segments of its own a laptop keeps before it folds them: `FOLD_AT` in `src/app/tail.rs`. */
const FOLD_AT = 128;
const files = path.join(root, 'target', 'tmp', 'kill');
/** Entries and acts of both files, as `tests/native/kill_files.rs` wrote them. */
const held = fs.existsSync(path.join(files, 'held.txt')) ? fs.readFileSync(path.join(files, 'held.txt'), 'utf8') : '';
const [before, after] = held.split('\n').map((line) => {
  const [entries = 0, acts = 0] = line.split(' ').map(Number);
  return { entries, acts };
});

/** So many milliseconds of real time: the moment of the kill is what is being varied. */
const pass = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What is stored, and how many acts, by the page that verifies all of them. */
interface State extends Stored {
  acts: number;
}

async function state(page: Page): Promise<State> {
  await openApp(page, '#/data');
  await page.getByRole('button', { name: /^(开始核对|再核对一次)$/ }).click();
  const words = await page.getByText(/✓ 全部 [\d,]+ 笔记录都没有被改动过/).innerText({ timeout: 60_000 });
  // What the checks find in a made-up county is no damage.
  await expect(page.locator('.banner:not(.banner--calm)')).toHaveCount(0);
  return { acts: Number(/[\d,]+/.exec(words)?.[0].replaceAll(',', '')), ...(await stored(page)) };
}

/** How many transactions that write the book are under way, since when and until when there were any. */
interface Writes {
  under: number;
  began: number;
  ended: number;
  /** Done when the first of them begins. */
  begun: Promise<void>;
}

/** As the page tells it. */
async function watchWrites(page: Page): Promise<Writes> {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const writes = { under: 0, began: 0, ended: 0, begun };
  await page.exposeFunction('tellWrite', (change: number) => {
    writes.under += change;
    writes.began ||= Date.now();
    writes.ended = Date.now();
    begin();
  });
  await page.addInitScript(() => {
    const { tellWrite } = window as unknown as { tellWrite: (change: number) => void };
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      const begun = transaction.call(this, names, mode, options);
      if (mode === 'readwrite' && begun.objectStoreNames.contains('segments')) {
        tellWrite(1);
        for (const end of ['complete', 'abort']) {
          begun.addEventListener(end, () => tellWrite(-1));
        }
      }
      return begun;
    };
  });
  return writes;
}

type Profile = Parameters<Parameters<typeof test>[2]>[0]['profile'];

/** What is killed again and again. */
interface Deed {
  name: string;
  /** Up to the click that begins it. */
  ready: (page: Page) => Promise<Locator>;
  /** What says that it is done. */
  done: (page: Page) => Locator;
  /** What may also be found: neither before nor the very end. */
  between?: (found: State, old: State) => boolean;
}

/** Kills the deed at random moments, each time on a copy of the profile as it is now. */
async function killAgainAndAgain(profile: Profile, old: State, deed: Deed): Promise<void> {
  await profile.close();
  const kept = test.info().outputPath('profile');
  fs.cpSync(profile.folder, kept, { recursive: true });
  const start = async () => {
    const context = await profile.start();
    const page = context.pages()[0] ?? (await context.newPage());
    await setNow(page, NOW);
    return page;
  };
  // Once to the end, to know over which time the kills have to be spread.
  let span = 0;
  let writing = 0;
  let end = old;
  let inside = 0;
  const outcomes = { old: 0, between: 0, new: 0 };
  for (let kill = 0; kill <= KILLS; kill += 1) {
    fs.rmSync(profile.folder, { recursive: true, force: true });
    fs.cpSync(kept, profile.folder, { recursive: true });
    const page = await start();
    const writes = await watchWrites(page);
    const begin = await deed.ready(page);
    const killNow = await profile.armed();
    const pressed = Date.now();
    let said = false;
    // The browser may be gone before the click, or what it leads to, has been answered.
    const clicked = begin.click().catch(() => undefined);
    const done = deed.done(page).waitFor({ timeout: 60_000 }).then(() => (said = true), () => undefined);
    if (kill === 0) {
      await done;
      await expect(deed.done(page)).toBeVisible();
      await saved(page);
      span = Date.now() - pressed;
      expect(writes.ended, 'the deed writes').toBeGreaterThan(0);
      writing = writes.ended - writes.began;
      end = await state(page);
      expect(end.digest, 'something has changed').not.toBe(old.digest);
      await profile.close();
      continue;
    }
    // By turns at any moment, and while it is being written, which is a small part of it.
    if (kill % 2 === 0) {
      await pass(Math.random() * span);
    } else {
      await Promise.race([writes.begun, done]);
      await pass(Math.random() * writing);
    }
    const wasSaid = said;
    inside += Number(writes.under > 0);
    await killNow();
    await Promise.all([clicked, done]);

    const found = await state(await start());
    if (found.digest === old.digest) {
      outcomes.old += 1;
      expect(wasSaid, `kill ${kill}: it was said to be done`).toBe(false);
    } else if (deed.between?.(found, old)) {
      outcomes.between += 1;
    } else {
      outcomes.new += 1;
      expect(found, `kill ${kill}: neither half nor anything else`).toEqual(end);
    }
    await profile.close();
  }
  console.log(`${deed.name}, ${span} ms, ${writing} of them writing: ${KILLS} kills, ${inside} within a transaction, ${JSON.stringify(outcomes)}`);
  if (KILLS >= MANY) {
    expect(outcomes.old, 'some kills came in time').toBeGreaterThan(0);
    expect(outcomes.new, 'and some too late').toBeGreaterThan(0);
    expect(inside, 'and some within the transaction').toBeGreaterThan(0);
  }
}

test('a hundred thousand entries come in wholly or not at all', async ({ page, profile }) => {
  test.setTimeout(240_000 + KILLS * 60_000);
  if (!before || !after) {
    throw new Error('the native tests have not written the files');
  }
  const coming = after.entries - before.entries;
  expect(coming).toBeGreaterThanOrEqual(100_000);
  await setNow(page, NOW);
  await openApp(page);
  await page.getByLabel('选择保存文件').setInputFiles(path.join(files, 'before.cunzhi'));
  await button(page, '用它替换本机数据').click();
  await saved(page);
  const old = await state(page);
  expect(old.acts).toBe(before.acts);
  await killAgainAndAgain(profile, old, {
    name: `merging ${coming} entries in ${after.acts - before.acts} acts`,
    ready: async (page) => {
      const preview = await previewMerge(page, path.join(files, 'after.cunzhi'));
      return preview.getByRole('button', { name: '合并', exact: true });
    },
    done: (page) => page.getByText(new RegExp(`^已合并:进来 .*[(]${coming.toLocaleString('en-US')} 条积分`)),
  });
});

test('a roster comes in wholly or not at all', async ({ page, profile }) => {
  test.setTimeout(240_000 + KILLS * 60_000);
  await found(page, '柳湾村', NOW);
  const homes = Array.from({ length: 400 }, (_, place): Home => [`1-${String(place + 1).padStart(3, '0')}`, `户主${place + 1}`]);
  const file = rosterFile(homes);
  await killAgainAndAgain(profile, await state(page), {
    name: 'importing a roster of 400 households',
    ready: async (page) => {
      await openApp(page, '#/import');
      await saved(page);
      await page.getByLabel('选择花名册文件').setInputFiles(file);
      await expect(button(page, '导入')).toBeEnabled();
      return button(page, '导入');
    },
    done: (page) => page.getByText('已导入 400 户').first(),
  });
});

test('small segments are folded wholly or not at all', async ({ page, profile }) => {
  test.setTimeout(240_000 + KILLS * 60_000);
  await found(page, '柳湾村', NOW);
  await openApp(page, '#/cases?all=1');
  await expect(page.getByText(/未办结/).first()).toBeVisible();
  await saved(page);
  await recordMany(page, FOLD_AT - 2, (place) => `第 ${place} 件`);
  await saved(page);
  const old = await state(page);
  expect(old.segments, 'the next act is the last before folding').toBe(FOLD_AT - 1);
  await killAgainAndAgain(profile, old, {
    name: `folding ${FOLD_AT} segments`,
    ready: async (page) => {
      await typeCase(page, '最后一件');
      await saved(page);
      return page.getByRole('dialog', { name: '登记事项' }).getByRole('button', { name: '登记', exact: true });
    },
    done: (page) => page.getByText('已登记「最后一件」'),
    // The act is there, and what it led to is done another time.
    between: (found, old) => found.acts === old.acts + 1 && found.segments === old.segments + 1,
  });
});

test.describe('by the clock of the machine', () => {
  test.use({ now: '' });

  test('what was said to be saved outlives a kill within 50 ms', async ({ page: first, profile }) => {
    test.setTimeout(240_000 + KILLS * 60_000);
    await openApp(first);
    await first.getByRole('button', { name: '进演示村看看' }).click();
    await saved(first);
    await profile.close();
    const delays: number[] = [];
    const within = () => delays.filter((delay) => delay <= SOON);
    // A busy machine may end the browser too late: then it is done once more. What was
    // said to be saved is there all the same; so many times too late says something of
    // the machine only, and matters where the delays are to be told.
    while (within().length < KILLS && (KILLS >= MANY || delays.length < 4 * KILLS)) {
      const kill = delays.length + 1;
      expect(kill, `${delays.join(', ')} ms: too few of them in time`).toBeLessThanOrEqual(4 * KILLS);
      const context = await profile.start();
      const page = context.pages()[0] ?? (await context.newPage());
      await openApp(page, '#/cases');
      await saved(page);
      await typeCase(page, `断电前第 ${kill} 件`);
      const killNow = await profile.armed();
      const told = await watchMark(page);
      const gone = new Promise<void>((resolve, reject) => {
        told.once('Runtime.bindingCalled', async ({ payload }) => {
          const said = Number(payload);
          // Anywhere in what is left of the time.
          const left = SOON - (Date.now() - said);
          await pass(Math.max(0, Math.random() * left - 5));
          const ended = killNow();
          delays.push(Date.now() - said);
          ended.then(resolve, reject);
        });
      });
      // The browser may be gone before the click has been answered.
      const sent = sendCase(page).catch(() => undefined);
      await gone;
      await sent;
      const reopened = await profile.start();
      const again = reopened.pages()[0] ?? (await reopened.newPage());
      await openApp(again, '#/cases');
      await expect(again.getByText(`断电前第 ${kill} 件`).first(), `kill ${kill}`).toBeVisible();
      await expect(banner(again)).toHaveCount(0);
      await profile.close();
    }
    const [all, late] = [delays.length, delays.length - within().length];
    const from = `${Math.min(...within())} to ${Math.max(...within())} ms`;
    console.log(`${all} kills after the saved mark, ${all - late} of them ${from} after it, ${late} later: every entry was there`);
  });
});

/** What hears, by the shortest way that there is, when the mark says again that all is saved, and at which time. */
async function watchMark(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'tellSaved' });
  await page.evaluate(() => {
    const { tellSaved } = window as unknown as { tellSaved: (said: string) => void };
    const mark = document.querySelector('.saved') ?? document.body;
    let written = false;
    new MutationObserver(() => {
      const says = mark.textContent ?? '';
      if (written && says.includes('✓ 已保存')) {
        tellSaved(String(Date.now()));
        written = false;
      }
      written ||= says.includes('正在保存');
    }).observe(mark, { childList: true, characterData: true, subtree: true });
  });
  return session;
}
