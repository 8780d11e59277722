// Means to break things: another page of the same origin, a full disk, and
// short ways into the demo village.

import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, openApp } from './app.ts';
import type { Guard } from './guard.ts';
import { blank } from './places.ts';

/** Opens the demo village. */
export async function demo(page: Page): Promise<void> {
  await openApp(page);
  await page.getByRole('button', { name: '进演示村看看' }).click();
  await expect(page.getByText('今天要办').first()).toBeVisible();
  await saved(page);
}

export async function saved(page: Page): Promise<void> {
  await expect(page.getByText('✓ 已保存')).toBeVisible();
}

export const banner = (page: Page) => page.locator('.banner');
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Opens the form for a new case and fills in its title. */
export async function typeCase(page: Page, title: string): Promise<void> {
  // Going where one is already would load the page anew.
  if (!page.url().endsWith('#/cases')) {
    await openApp(page, '#/cases');
  }
  await expect(page.getByText(/未办结/).first()).toBeVisible();
  await page.keyboard.press('n');
  await page.getByLabel('事项标题').fill(title);
}

/** Presses 「登记」 in that form. */
export async function sendCase(page: Page): Promise<void> {
  await page.getByRole('dialog', { name: '登记事项' }).getByRole('button', { name: '登记', exact: true }).click();
}

/** Records a case from the form to 「已保存」. */
export async function recordCase(page: Page, title: string): Promise<void> {
  await typeCase(page, title);
  await saved(page);
  await sendCase(page);
  await expect(page.getByText(`已登记「${title}」`)).toBeVisible();
  await saved(page);
}

/** Types into the search box of the bar, from the keyboard, up to the first hit. */
export async function lookUp(page: Page, typed: string, hit: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('searchbox', { name: '查找' })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole('list', { name: '查找结果' }).getByText(hit).first()).toBeVisible();
}

/** Brings a household to the desk of the hall, by keys alone. */
export async function serve(page: Page, number: string): Promise<void> {
  await expect(page.getByLabel('找户')).toBeFocused();
  await page.keyboard.type(number);
  await expect(page.getByRole('option', { name: new RegExp(number) })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: '本户' }).getByText(number)).toBeVisible();
}

/** A page of the app's origin on which nothing runs but what the test puts there. */
export async function blankPage(context: BrowserContext, appUrl: string, guard: Guard): Promise<Page> {
  const page = await context.newPage();
  if (appUrl.startsWith('file:')) {
    guard.allow(/request: .*blank\.html$/);
    await page.goto(pathToFileURL(blank).href);
  } else {
    const url = `${appUrl}blank.html`;
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<title>blank</title>' }));
    await page.goto(url);
  }
  return page;
}

/** Opens a database from a page and keeps it open, deaf to every `versionchange`. */
export async function holdDatabase(page: Page, version: number): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('cunzhi', wanted);
        request.onerror = () => reject(request.error);
        request.onupgradeneeded = () => {
          for (const store of ['segments', 'register', 'meta']) {
            if (!request.result.objectStoreNames.contains(store)) {
              request.result.createObjectStore(store);
            }
          }
        };
        request.onsuccess = () => {
          (window as unknown as { held: IDBDatabase }).held = request.result;
          resolve();
        };
      }),
    version,
  );
}

/**
 * Lets the app's origin use so many bytes, or any number again. The browser
 * remembers for a while how much was free, so a limit is set right after a start.
 */
export async function setQuota(page: Page, appUrl: string, quotaSize?: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: originOf(appUrl), quotaSize });
}

export function originOf(appUrl: string): string {
  return appUrl.startsWith('file:') ? 'file://' : new URL(appUrl).origin;
}
