// The peer for the county: Dexie, rows as objects, `bulkPut`, `toArray`, and
// a reduce in JavaScript. There is no index but the primary key, which makes
// its writes as cheap as they can be.

import Dexie, { type EntityTable } from 'dexie';
import type { Columns } from './columns.ts';
import { rank, reduceEntries, type HouseholdRow } from './sums.ts';

const CHUNK = 50_000;
const TOP = 50;

export interface EntryRow {
  id: number;
  account: number;
  day: number;
  points: number;
  item: number;
  activity: number;
  quantity: number;
  reverses: number;
}

interface CaseRow {
  id: number;
  number: number;
  title: string;
  source: string;
  topic: string;
  errand: string;
  risk: string;
  grid: string;
  reporter: number;
  received: number;
  step: string;
  handling: string;
  rating: string;
  resolved: boolean | null;
  history: { at: number; act: string }[];
}

type CountyDb = Dexie & {
  households: EntityTable<HouseholdRow, 'id'>;
  entries: EntityTable<EntryRow, 'id'>;
  cases: EntityTable<CaseRow, 'id'>;
};

/** Opens the database, and creates it where it is not there. */
export async function connect(name: string): Promise<CountyDb> {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' }) as CountyDb;
  db.version(1).stores({ households: 'id', entries: 'id', cases: 'id' });
  await db.open();
  return db;
}

/** Rows of the entries. */
export function entryRows(columns: Columns): EntryRow[] {
  return Array.from(columns.account, (account, at) => ({
    id: at + 1,
    account,
    day: columns.day[at]!,
    points: columns.points[at]!,
    item: columns.item[at]!,
    activity: columns.activity[at]!,
    quantity: columns.quantity[at]!,
    reverses: columns.reverses[at]!,
  }));
}

export function householdRow(line: string, at: number): HouseholdRow {
  const [number, head, grid, unit] = line.split('\t') as [string, string, string, string];
  return { id: at, number, head, grid, unit };
}

function caseRow(line: string, at: number): CaseRow {
  const cells = line.split('\t') as string[];
  const [number, title, source, topic, errand, risk, grid, reporter, received, step, handling, rating, resolved, told] =
    cells as [string, string, string, string, string, string, string, string, string, string, string, string, string, string];
  const words = told.trim().split(' ');
  const history = [];
  for (let word = 0; word + 1 < words.length; word += 2) {
    history.push({ at: Number(words[word]), act: words[word + 1]! });
  }
  return {
    id: at + 1, number: Number(number), title, source, topic, errand, risk, grid, reporter: Number(reporter),
    received: Number(received), step, handling, rating, resolved: resolved === '' ? null : resolved === '1', history,
  };
}

/** Stores a whole county; answers how much it is. */
export async function store(
  name: string, entries: EntryRow[], households: string[], cases: string[],
): Promise<string> {
  const db = await connect(name);
  await db.households.bulkPut(households.map(householdRow));
  await db.cases.bulkPut(cases.map(caseRow));
  for (let at = 0; at < entries.length; at += CHUNK) {
    await db.entries.bulkPut(entries.slice(at, at + CHUNK));
  }
  const counts = [await db.entries.count(), await db.cases.count(), await db.households.count()];
  db.close();
  return counts.join(',');
}

/** Number of entries and the sum of their points, read back. */
export async function readBack(name: string): Promise<string> {
  const db = await connect(name);
  const entries = await db.entries.toArray();
  db.close();
  return `${entries.length} ${entries.reduce((sum, entry) => sum + entry.points, 0)}`;
}

/** Opens the county and ranks its households. */
export async function open(
  name: string, first: number, last: number,
): Promise<{ counts: string; rows: (string | number)[][] }> {
  const db = await connect(name);
  const [entries, cases, households] = await Promise.all([
    db.entries.toArray(), db.cases.toArray(), db.households.toArray(),
  ]);
  const ranked = rank(households, reduceEntries(entries, first, last), TOP);
  const rows = ranked.map(({ place, household, earned, deducted, redeemed, balance }) => [
    place, household.number, household.head, household.grid, earned, deducted, redeemed, balance,
  ]);
  return { counts: [entries.length, cases.length, households.length].join(','), rows };
}
