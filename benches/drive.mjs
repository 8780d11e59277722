// Drives one headless Chromium through the measurements and prints what came
// out, one line for each side of each metric:
//
//   times metric=NAME side=SIDE MS MS MS …
//   value name=NAME NUMBER
//   growth entries=N write MS … open MS … bytes N
//
// `cargo xtask bench` reads these lines. A wrong answer ends it with a
// sentence on standard error and an exit code that is not zero.
//
// Environment: CUNZHI_CHROMIUM, BENCH_PAGES, BENCH_DIST, BENCH_PROFILE,
// BENCH_RUNS, BENCH_METRICS (names with commas between).

import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const { CUNZHI_CHROMIUM, BENCH_PAGES, BENCH_DIST, BENCH_PROFILE, BENCH_RUNS, BENCH_METRICS } = process.env;
const runs = Number(BENCH_RUNS);
const metrics = new Set(BENCH_METRICS.split(','));

const COUNTY = 1_000_000;
const COUNTY_COUNTS = '1000000,55455,103890';
const PART = 100_000;
const GROWTH = [10_000, PART, COUNTY];
const GROWTH_RUNS = Math.min(runs, 5);
const ACTS_PER_RUN = 25;
const WARM_UP = 2;
const VILLAGE_ROWS = 410;
const ours = (entries) => `bench-ours-${entries}`;
const dexie = (entries) => `bench-dexie-${entries}`;

const server = await serve({ bench: BENCH_PAGES, app: BENCH_DIST });
fs.rmSync(BENCH_PROFILE, { recursive: true, force: true });
const browser = await chromium.launchPersistentContext(BENCH_PROFILE, {
  executablePath: CUNZHI_CHROMIUM,
  headless: true,
  viewport: { width: 1366, height: 768 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
browser.setDefaultTimeout(600_000);

/** Opens the measuring page anew, with nothing in memory, and closes it after the work. */
async function fresh(work) {
  const page = await browser.newPage();
  await page.goto(`${server.address}/bench/measure.html`);
  await page.waitForFunction(() => 'bench' in globalThis);
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

const call = (page, name, ...given) =>
  page.evaluate(([name, given]) => globalThis.bench[name](...given), [name, given]);

async function forget(names) {
  await fresh((page) => page.evaluate((names) => Promise.all(names.map((name) => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error(`${name} is still open`));
  }))), names));
}

function same(metric, answers) {
  const [first, ...others] = answers;
  for (const other of others) {
    if (first !== other) {
      const at = [...first].findIndex((letter, place) => other[place] !== letter);
      const around = (text) => text.slice(Math.max(0, at - 60), at + 60);
      throw new Error(`${metric}: the answers differ:\n  ${around(first)}\n  ${around(other)}`);
    }
  }
}

const print = (metric, side, times) => console.log(`times metric=${metric} side=${side} ${times.join(' ')}`);
const note = (text) => console.error(`  ${text}`);

/** Runs both sides in turn, the other one first each time. */
async function alternate(metric, sides, count, once) {
  const times = Object.fromEntries(sides.map((side) => [side, []]));
  for (let run = 0; run < count; run++) {
    const order = run % 2 === 0 ? sides : [...sides].reverse();
    const answers = [];
    for (const side of order) {
      const { ms, answer } = await once(side, run);
      times[side].push(ms);
      answers.push(answer);
    }
    same(metric, answers);
  }
  sides.forEach((side) => print(metric, side, times[side]));
}

async function growth(wanted) {
  for (const entries of wanted) {
    note(`a county of ${entries} entries`);
    const writes = [];
    let bytes = 0;
    const extra = [];
    await fresh(async (page) => {
      await call(page, 'makeCounty', entries);
      const count = metrics.has('growth') ? GROWTH_RUNS : 1;
      for (let run = 0; run < count; run++) {
        const name = run === 0 ? ours(entries) : `${ours(entries)}-${run}`;
        extra.push(...(run === 0 ? [] : [name]));
        const { ms, answer } = await call(page, 'write', name);
        writes.push(ms);
        bytes = Number(answer);
      }
    });
    await forget(extra);
    if (metrics.has('growth')) {
      const opens = [];
      for (let run = 0; run < GROWTH_RUNS; run++) {
        const { ms, answer } = await fresh((page) => call(page, 'openOurs', ours(entries)));
        same('growth', [entries === COUNTY ? COUNTY_COUNTS : answer.split('\n')[0], answer.split('\n')[0]]);
        opens.push(ms);
      }
      console.log(`growth entries=${entries} write ${writes.join(' ')} open ${opens.join(' ')} bytes ${bytes}`);
    }
  }
}

async function coldOpen() {
  note('the same county as rows of the peer, which takes a minute or two');
  await fresh(async (page) => {
    const counts = (await call(page, 'openOurs', ours(COUNTY))).answer.split('\n')[0];
    await call(page, 'makeRows');
    same('cold_open_county', [COUNTY_COUNTS, counts, await call(page, 'storeCounty', dexie(COUNTY))]);
  });
  await alternate('cold_open_county', ['ours', 'dexie'], runs, (side) =>
    fresh((page) => (side === 'ours' ? call(page, 'openOurs', ours(COUNTY)) : call(page, 'openDexie', dexie(COUNTY)))),
  );
}

async function memory() {
  const bytes = await fresh(async (page) => {
    await call(page, 'openOurs', ours(COUNTY));
    return call(page, 'memory');
  });
  console.log(`value name=memory_county_mb ${bytes / 1e6}`);
}

async function bulkWrite() {
  const name = (side, run) => `bench-write-${side}-${run}`;
  await fresh(async (page) => {
    await call(page, 'makeCounty', PART);
    await call(page, 'leaveOutCases');
    await call(page, 'write', name('rows', 0));
    await call(page, 'readBack', name('rows', 0));
    await call(page, 'makeRows');
    await alternate('bulk_write_100k', ['ours', 'dexie'], runs, async (side, run) => {
      const { ms } = await call(page, side === 'ours' ? 'write' : 'writeDexie', name(side, run));
      const answer = await call(page, side === 'ours' ? 'readBack' : 'readBackDexie', name(side, run));
      return { ms, answer };
    });
  });
  const names = Array.from({ length: runs }, (_, run) => ['ours', 'dexie'].map((side) => name(side, run)));
  await forget([name('rows', 0), ...names.flat()]);
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

async function acts() {
  await fresh(async (page) => {
    await call(page, 'startActs', 'bench-acts', 'bench-raw');
    const [before] = await call(page, 'actCounts');
    const once = async (side) => ({ ms: median(await call(page, 'acts', side, ACTS_PER_RUN)), answer: '' });
    await once('ours');
    await once('indexeddb');
    await alternate('act_to_durable', ['ours', 'indexeddb'], runs, once);
    const [after, raw] = await call(page, 'actCounts');
    same('act_to_durable', [String(after - before), String(raw), String((runs + 1) * ACTS_PER_RUN)]);
  });
}

async function sums() {
  await fresh(async (page) => {
    await call(page, 'loadColumns', ours(COUNTY));
    const once = (side) => call(page, side === 'ours' ? 'aggregateOurs' : 'aggregateArrays');
    for (let run = 0; run < WARM_UP + 1; run++) {
      await once('ours');
      await once('arrays');
    }
    await alternate('aggregate_1m', ['ours', 'arrays'], runs, once);
  });
}

/** Runs in the page before its own scripts: notes when the table has been there for two frames. */
function watchForRows(wanted) {
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('tbody tr').length >= wanted) {
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => {
        globalThis.usable = performance.now();
      }));
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function startOf(url, shot) {
  const page = await browser.newPage();
  await page.addInitScript(watchForRows, VILLAGE_ROWS);
  await page.goto(url);
  await page.waitForFunction(() => 'usable' in globalThis);
  const ms = await page.evaluate(() => globalThis.usable);
  const answer = await page.evaluate(() =>
    [...document.querySelectorAll('tbody tr')]
      .map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join('\t'))
      .join('\n'));
  if (shot) {
    await page.screenshot({ path: `${BENCH_PAGES}/${shot}.png` });
  }
  await page.close();
  return { ms, answer };
}

async function start() {
  const urls = {
    ours: `${server.address}/app/index.html#/points`,
    'react+dexie': `${server.address}/bench/start/index.html#/points`,
  };
  const sides = Object.keys(urls);
  for (let run = 0; run < WARM_UP; run++) {
    for (const side of sides) {
      await startOf(urls[side], `start-${side}`);
    }
  }
  await alternate('start_village', sides, runs, (side) => startOf(urls[side]));
}

const county = ['cold_open_county', 'aggregate_1m', 'memory_county_mb'].some((name) => metrics.has(name));
try {
  if (metrics.has('start_village') || metrics.has('act_to_durable')) {
    await fresh((page) => call(page, 'storeVillage', 'cunzhi', 'bench-village', 'bench-raw'));
  }
  if (metrics.has('start_village')) await start();
  if (metrics.has('act_to_durable')) await acts();
  if (metrics.has('bulk_write_100k')) await bulkWrite();
  await growth(metrics.has('growth') ? GROWTH : county ? [COUNTY] : []);
  if (metrics.has('memory_county_mb')) await memory();
  if (metrics.has('aggregate_1m')) await sums();
  if (metrics.has('cold_open_county')) await coldOpen();
} catch (problem) {
  console.error(`\n${problem.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  server.stop();
}
