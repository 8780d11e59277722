// What lies in the database, looked at from outside of the app.

import type { Page } from '@playwright/test';

/** What is stored of the village: how many segments, and a SHA-256 over every record and its key. */
export interface Stored {
  segments: number;
  digest: string;
}

/** The book and its photos; snapshots and the folder are beside it. */
export async function stored(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('cunzhi'));
    const parts: BlobPart[] = [];
    let segments = 0;
    for (const name of ['segments', 'register', 'meta', 'photos']) {
      const rows = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
      segments = name === 'segments' ? keys.length : segments;
      keys.forEach((key, place) => parts.push(`${name} ${String(key)} `, values[place] as ArrayBuffer));
    }
    database.close();
    const bytes = await new Blob(parts).arrayBuffer();
    // Only where the origin is secure; elsewhere a plain sum tells as well that nothing has changed.
    const digest = crypto.subtle
      ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
      : [new Uint8Array(bytes).reduce((sum, byte) => (sum * 31 + byte) >>> 0, bytes.byteLength)];
    return { segments, digest: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
  });
}

/** Records so many cases from the form, as fast as it goes. */
export async function recordMany(page: Page, count: number, title: (place: number) => string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '登记事项' });
  for (let place = 0; place < count; place += 1) {
    await page.keyboard.press('n');
    await dialog.getByLabel('事项标题').fill(title(place));
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
}
