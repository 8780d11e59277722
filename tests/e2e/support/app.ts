// What the specs import instead of Playwright's own `test`: each test gets a
// browser with a fresh profile on disk, and fails if anything in `Guard`
// happened, whatever else it checked.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { Guard } from './guard.ts';
import { shots } from './places.ts';

export { expect };

export interface AppOptions {
  appUrl: string;
  program: string;
  programArgs: string[];
  /** What every laptop takes for now until a test says otherwise; empty for its own clock. */
  now: string;
}

interface AppFixtures {
  guard: Guard;
  /** A page in another browser with a profile of its own: the other laptop. */
  other: Page;
  /** Closes the browser and starts it again on the same profile. */
  restart: () => Promise<Page>;
  profile: {
    folder: string;
    start: () => Promise<BrowserContext>;
    /** Finds the browser's own process; what comes back ends it at once, as a power cut does. */
    armed: () => Promise<() => Promise<void>>;
    /** The same in one go. */
    kill: () => Promise<void>;
    close: () => Promise<void>;
  };
}

/** Nothing may depend on the day on which the tests are run, nor on midnight coming meanwhile. */
async function setClock(context: BrowserContext, now: string): Promise<void> {
  if (now) {
    await context.clock.setFixedTime(new Date(now));
  }
}

/** How a browser with a profile on disk is started, as on a secretary's laptop. */
const laptop = (program: string, programArgs: string[]) => ({
  executablePath: program,
  args: programArgs,
  headless: true,
  viewport: { width: 1366, height: 768 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  acceptDownloads: true,
});

export const test = base.extend<AppFixtures & AppOptions>({
  appUrl: ['', { option: true }],
  program: ['', { option: true }],
  programArgs: [[], { option: true }],
  now: ['2026-11-22T10:00:00+08:00', { option: true }],

  guard: async ({ appUrl }, use) => {
    const guard = new Guard(appUrl);
    await use(guard);
    expect(guard.found, 'nothing leaves the page, and nothing goes wrong unseen').toEqual([]);
  },

  profile: async ({ playwright, program, programArgs, now, guard }, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cunzhi-profile-'));
    let open: BrowserContext | undefined;
    const start = async () => {
      await open?.close();
      open = await playwright.chromium.launchPersistentContext(folder, laptop(program, programArgs));
      guard.watch(open);
      await setClock(open, now);
      return open;
    };
    const close = async () => {
      await open?.close();
      open = undefined;
    };
    const armed = async () => {
      const context = open;
      const browser = context?.browser();
      if (!context || !browser) {
        throw new Error('there is no browser to end');
      }
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const own = processInfo.find((one) => one.type === 'browser');
      if (!own) {
        throw new Error('the browser does not tell its own process');
      }
      const closed = context.waitForEvent('close', { timeout: 0 });
      return async () => {
        process.kill(own.id, 'SIGKILL');
        await closed;
        open = undefined;
      };
    };
    const kill = async () => (await armed())();
    await use({ folder, start, armed, kill, close });
    await close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  },

  context: async ({ profile }, use) => use(await profile.start()),

  page: async ({ context }, use) => use(context.pages()[0] ?? (await context.newPage())),

  other: async ({ playwright, program, programArgs, now, guard }, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cunzhi-other-'));
    const context = await playwright.chromium.launchPersistentContext(folder, laptop(program, programArgs));
    guard.watch(context);
    await setClock(context, now);
    await use(context.pages()[0] ?? (await context.newPage()));
    await context.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  },

  restart: async ({ profile }, use) =>
    use(async () => {
      const context = await profile.start();
      return context.pages()[0] ?? (await context.newPage());
    }),
});

/** Opens the app, at a route such as `#/cases`, and waits until it is there. */
export async function openApp(page: Page, route = ''): Promise<void> {
  await page.goto(test.info().project.use.appUrl + route);
  await arrived(page);
}

/** Loads the page anew. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await arrived(page);
}

/**
 * Waits until the app has replaced the loading notice and has heard where to
 * go, and until it is known which window records: on a busy machine the lock
 * comes late, and until then a window takes itself for one that only reads.
 */
async function arrived(page: Page): Promise<void> {
  await expect(page.locator('#boot')).toHaveCount(0);
  await page.waitForFunction(async () => {
    await new Promise((heard) => setTimeout(heard));
    const locks = navigator.locks ? await navigator.locks.query() : undefined;
    return !locks || locks.held?.some((lock) => lock.name === 'cunzhi');
  });
  await expect(page.getByText('正在打开本村…')).toHaveCount(0);
}

/** Fixes what the page takes for now; timers run on, because virtual time outruns IndexedDB. */
export async function setNow(page: Page, now: string): Promise<void> {
  await page.clock.setFixedTime(new Date(now));
}

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asserts that axe-core finds nothing against WCAG 2.1 A and AA on the screen as it is. */
export async function axe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axeSource);
  }
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const result = await axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
      resultTypes: ['violations'],
    });
    return result.violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.target.join(' ')}: ${node.html}`),
    );
  });
  expect(found, 'accessibility').toEqual([]);
}

/** Keeps a picture of the screen in shots/, to be looked at. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(shots, test.info().project.name, `${name}.png`) });
}

/** Does what starts a download, and gives the path of the saved file under the name the app chose. */
export async function download(page: Page, act: () => Promise<void>): Promise<string> {
  const [started] = await Promise.all([page.waitForEvent('download'), act()]);
  const file = test.info().outputPath(started.suggestedFilename());
  await started.saveAs(file);
  return file;
}
