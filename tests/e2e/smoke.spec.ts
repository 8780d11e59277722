// The app starts, in each form and browser.

import { axe, expect, openApp, shot, test } from './support/app.ts';

test('the app opens', async ({ page }) => {
  await openApp(page);
  await expect(page.getByRole('heading', { name: '村治' }).first()).toBeVisible();
  await shot(page, 'open');
  await axe(page);
});

test('the office worker starts, more than once', async ({ page }) => {
  await openApp(page);
  const started = await page.evaluate(async () => {
    const { cunzhiOffice } = window as unknown as { cunzhiOffice: () => Promise<Worker> };
    const workers = [await cunzhiOffice(), await cunzhiOffice()];
    workers.forEach((worker) => worker.terminate());
    return workers.length;
  });
  expect(started).toBe(2);
});

test('a start that fails is told where the loading notice was', async ({ page, guard, appUrl }) => {
  guard.allow(/not today/);
  await page.addInitScript(() => {
    const fail = () => Promise.reject(new Error('not today'));
    WebAssembly.instantiate = fail;
    WebAssembly.instantiateStreaming = fail;
  });
  await page.goto(appUrl);
  await expect(page.getByRole('alert')).toContainText('请刷新本页');
  await shot(page, 'start-failed');
});

test('a browser without what is needed is told what to do', async ({ page, appUrl }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  await page.goto(appUrl);
  await expect(page.getByRole('alert')).toContainText('极速模式');
  await shot(page, 'start-unable');
});
