// The finished app, played by words on the screen in real browsers.
//
// Three projects: the hosted form in a current Chromium, the one file in a
// current Chromium, and the one file in Chromium 109, the oldest browser that
// the app promises to run in. `cargo xtask test e2e` sets the variables.

import { defineConfig } from '@playwright/test';
import { oneFileUrl, port } from './support/places.ts';
import type { AppOptions } from './support/app.ts';

const hosted = `http://127.0.0.1:${port}/`;

/** The language of the browser's own parts, such as date fields; where it comes without Chinese, they stay English. */
const chinese = '--lang=zh-CN';

/** Arguments that a browser needs to run as root, and to leave the network alone. */
const current = [
  chinese,
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const old = [
  chinese,
  '--no-sandbox', '--single-process', '--no-zygote', '--in-process-gpu', '--use-gl=swiftshader',
];

const chromium = process.env.CUNZHI_CHROMIUM ?? '/usr/bin/chromium';
const chromium109 = process.env.CUNZHI_CHROMIUM_109 ?? '';

/** From a file there is no origin-private folder to stand for a stick; kills take long, and once is enough. */
const hostedOnly = ['folder.spec.ts', 'kill.spec.ts'];
/** The old browser's headless form reads no settings. */
const bySettings = ['denied.spec.ts'];
/** Rules, lists and merging are the same program from a file: the old browser plays them, and once is enough. */
const playedByTheOld = [
  'demo_year', 'doubts', 'drill', 'durability', 'limits', 'looked_at', 'notice', 'notice_privacy', 'opening', 'people', 'person', 'person_ledger', 'recording',
  'redemption_acts', 'redemption_day', 'review', 'rules', 'sums', 'two_laptops', 'units', 'verify', 'visits', 'year_end',
].map((name) => `${name}.spec.ts`);

export default defineConfig<AppOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './support/copy-one-file.ts',
  // A hang is a failure however long it is waited for; a slow machine is none.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  use: { actionTimeout: 30_000, navigationTimeout: 60_000 },
  webServer: {
    command: 'node support/server.mjs',
    url: hosted,
    env: { CUNZHI_PORT: String(port) },
    reuseExistingServer: false,
  },
  projects: [
    { name: 'http', use: { appUrl: hosted, program: chromium, programArgs: current } },
    { name: 'file', testIgnore: [...hostedOnly, ...playedByTheOld], use: { appUrl: oneFileUrl, program: chromium, programArgs: current } },
    { name: 'file-109', testIgnore: [...hostedOnly, ...bySettings], use: { appUrl: oneFileUrl, program: chromium109, programArgs: old } },
  ],
});
