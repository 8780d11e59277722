// The peer for one act: IndexedDB itself, one `put` of one object, strict.

import type { Columns } from './columns.ts';

const STORE = 'activities';
const LINES = 35;

interface Activity {
  id: number;
  item: number;
  day: number;
  note: string;
  lines: { account: number; quantity: number; points: number }[];
}

let database: IDBDatabase | undefined;
let next = 0;
let done = 0;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
  return settled(request);
}

/** Fills a database with the activities of the village. */
export async function store(name: string, columns: Columns): Promise<void> {
  const activities = new Map<number, Activity>();
  columns.account.forEach((account, at) => {
    const id = columns.activity[at]!;
    const known = activities.get(id) ?? { id, item: columns.item[at]!, day: columns.day[at]!, note: '', lines: [] };
    known.lines.push({ account, quantity: columns.quantity[at]!, points: columns.points[at]! });
    activities.set(id, known);
  });
  const filled = await open(name);
  const transaction = filled.transaction(STORE, 'readwrite');
  activities.forEach((activity) => transaction.objectStore(STORE).put(activity));
  await completed(transaction);
  filled.close();
}

/** Connects to the database of the village. */
export async function connect(name: string): Promise<void> {
  database = await open(name);
  const keys = await settled(database.transaction(STORE).objectStore(STORE).getAllKeys());
  next = Math.max(...(keys as number[])) + 1;
}

/** One activity, until it is durable. */
export async function act(): Promise<void> {
  const lines = Array.from({ length: LINES }, (_, account) => ({ account, quantity: 1, points: 5 }));
  const activity: Activity = { id: next, item: 3, day: 20260930, note: '夜间巡逻', lines };
  const transaction = database!.transaction(STORE, 'readwrite', { durability: 'strict' });
  transaction.objectStore(STORE).put(activity);
  await completed(transaction);
  next += 1;
  done += 1;
}

/** How many acts there are that were not there at first; each is looked up. */
export async function acts(): Promise<number> {
  if (done === 0) {
    return 0;
  }
  const store = database!.transaction(STORE).objectStore(STORE);
  return settled(store.count(IDBKeyRange.bound(next - done, next - 1)));
}
