// What lies in the database, looked at from outside of the app.

import type { Page } from '@playwright/test';
import { reload } from './app.ts';

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

/** Records so many cases from the form, as fast as it goes: within the page, since every word from here takes its time. */
export async function recordMany(page: Page, count: number, title: (place: number) => string): Promise<void> {
  await page.evaluate(
    async (titles) => {
      const until = <T>(found: () => T | null | undefined | false) =>
        new Promise<T>((resolve) => {
          const look = () => {
            const thing = found();
            if (thing) {
              observer.disconnect();
              resolve(thing);
            }
          };
          const observer = new MutationObserver(look);
          observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
          look();
        });
      const dialog = () => document.querySelector('[role="dialog"], dialog');
      for (const title of titles) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
        const form = await until(dialog);
        const field = await until(() => [...form.querySelectorAll('label')].find((one) => one.textContent?.includes('事项标题')));
        const input = field.control as HTMLInputElement;
        input.value = title;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        [...form.querySelectorAll('button')].find((one) => one.textContent?.trim() === '登记')?.click();
        await until(() => !dialog());
      }
    },
    Array.from({ length: count }, (_, place) => title(place)),
  );
}

/** Puts something else in the place of the last stored segment, or nothing; or of the last page of the register. */
export async function meddle(
  page: Page, how: ((record: Uint8Array) => Uint8Array) | 'delete', store: 'segments' | 'register' = 'segments',
): Promise<void> {
  const last = (put: number[] | null) =>
    page.evaluate(
      ([put, store]) =>
        new Promise<number[]>((resolve, reject) => {
          const opening = indexedDB.open('cunzhi');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const transaction = opening.result.transaction(store, 'readwrite');
            const cursor = transaction.objectStore(store).openCursor(null, 'prev');
            let found: number[] = [];
            cursor.onsuccess = () => {
              const record = cursor.result;
              if (!record) return reject(new Error('nothing is stored'));
              const value = record.value as ArrayBuffer | Uint8Array;
              found = [...(value instanceof ArrayBuffer ? new Uint8Array(value) : value)];
              if (put?.length === 0) record.delete();
              else if (put) record.update(new Uint8Array(put).buffer);
            };
            transaction.oncomplete = () => {
              opening.result.close();
              resolve(found);
            };
            transaction.onerror = () => reject(transaction.error);
          };
        }),
      [put, store] as const,
    );
  const record = Uint8Array.from(await last(null));
  await last(how === 'delete' ? [] : [...how(record)]);
  await reload(page);
}
