// The peer's database for the screen of the ranking: Dexie, rows as objects.

import Dexie, { type EntityTable } from 'dexie';
import type { Columns } from './columns.ts';
import { entryRows, householdRow, type EntryRow } from './county.ts';
import { rank, reduceEntries, sumsOf, type HouseholdRow, type Ranked } from './sums.ts';

interface RedemptionRow {
  id: number;
  account: number;
  day: number;
  points: number;
}

type VillageDb = Dexie & {
  households: EntityTable<HouseholdRow, 'id'>;
  entries: EntityTable<EntryRow, 'id'>;
  redemptions: EntityTable<RedemptionRow, 'id'>;
};

function connect(name: string): VillageDb {
  const db = new Dexie(name) as VillageDb;
  db.version(1).stores({ households: 'id', entries: 'id', redemptions: 'id' });
  return db;
}

/** Fills the database. */
export async function storeScreen(name: string, columns: Columns, households: string, redemptions: string): Promise<void> {
  const db = connect(name);
  await db.households.bulkPut(households.split('\n').map(householdRow));
  await db.entries.bulkPut(entryRows(columns));
  const rows = redemptions.split('\n').map((line, id) => {
    const [account, day, points] = line.split('\t').map(Number) as [number, number, number];
    return { id, account, day, points };
  });
  await db.redemptions.bulkPut(rows);
  db.close();
}

/** Reads what the ranking shows, and reduces it. */
export async function loadRanking(name: string, first: number, last: number): Promise<Ranked[]> {
  const db = connect(name);
  const [households, entries, redemptions] = await Promise.all([
    db.households.toArray(), db.entries.toArray(), db.redemptions.toArray(),
  ]);
  const sums = reduceEntries(entries, first, last);
  for (const { account, day, points } of redemptions) {
    const of = sumsOf(sums, account);
    of.balance -= points;
    if (day >= first && day <= last) {
      of.redeemed += points;
    }
  }
  return rank(households, sums, households.length);
}
