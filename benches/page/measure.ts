// The measuring page: one function for each thing that the driver asks for.
// Ours and the peers are loaded side by side; the driver opens the page anew
// where nothing may be left in memory from the run before.

// @ts-expect-error: made by wasm-bindgen, beside this file's bundle
import init from './ours.js';
import * as aggregate from '../peers/aggregate.ts';
import * as county from '../peers/county.ts';
import * as raw from '../peers/raw.ts';
import { render } from './table.ts';
import { storeScreen } from '../peers/village.ts';
import type { Columns } from '../peers/columns.ts';

type Name =
  | 'county' | 'withoutCases' | 'demo' | 'copy' | 'connect' | 'write' | 'open' | 'ranking' | 'aggregate'
  | 'startActs' | 'act' | 'acts' | 'quarter' | 'entries' | 'households' | 'cases' | 'redemptions';
type Ours = Record<Name, (argument?: unknown) => Promise<unknown>>;

export interface Timed {
  ms: number;
  answer: string;
}

const wasm = await init({ module_or_path: 'ours.wasm' });
const ours = (globalThis as unknown as { ours: Ours }).ours;

async function timed(work: () => Promise<unknown> | unknown): Promise<Timed> {
  const start = performance.now();
  const answer = await work();
  return { ms: performance.now() - start, answer: String(answer) };
}

let objects: county.EntryRow[] = [];
let columns: Columns | undefined;

const bench = {
  /** The bytes of our memory, which only ever grows. */
  memory: () => wasm.memory.buffer.byteLength,

  // The county -----------------------------------------------------------

  makeCounty: (entries: number) => ours.county(entries),
  /** For measuring the write of entries: what they stand on, and they. */
  leaveOutCases: () => ours.withoutCases(),

  /** Ours: packs and writes what was made. */
  async write(database: string): Promise<Timed> {
    await ours.copy();
    await ours.connect(database);
    return timed(() => ours.write());
  },

  /** What was written, read back. */
  async readBack(database: string): Promise<string> {
    const counts = String(await ours.open(database)).split(',')[0];
    const sum = String(await ours.aggregate()).split('|')[0];
    return `${counts} ${sum}`;
  },

  /** The peer's rows, made of the village that is open on our side. */
  async makeRows(): Promise<number> {
    objects = county.entryRows((await ours.entries()) as Columns);
    return objects.length;
  },

  async writeDexie(database: string): Promise<Timed> {
    const db = await county.connect(database);
    const result = await timed(() => db.entries.bulkPut(objects));
    db.close();
    return { ...result, answer: '' };
  },

  readBackDexie: (database: string) => county.readBack(database),

  /** Fills the peer's county from ours. */
  async storeCounty(database: string): Promise<string> {
    const lines = async (what: 'households' | 'cases') => String(await ours[what]()).split('\n');
    return county.store(database, objects, await lines('households'), await lines('cases'));
  },

  openOurs: (database: string) =>
    timed(async () => {
      const counts = await ours.open(database);
      return `${counts}\n${render(String(await ours.ranking()).split('\n').map((line) => line.split('\t')))}`;
    }),

  async openDexie(database: string): Promise<Timed> {
    const [first, last] = (await ours.quarter()) as [number, number];
    return timed(async () => {
      const { counts, rows } = await county.open(database, first, last);
      return `${counts}\n${render(rows)}`;
    });
  },

  // Sums over the open county ---------------------------------------------

  async loadColumns(database: string): Promise<number> {
    const counts = String(await ours.open(database));
    columns = aggregate.typed((await ours.entries()) as Columns);
    return counts.split(',').length;
  },
  aggregateOurs: () => timed(() => ours.aggregate()),
  aggregateArrays: () => timed(() => aggregate.aggregate(columns!)),

  // The village ------------------------------------------------------------

  /** Puts the demo village where the app finds it, and where the peers do. */
  async storeVillage(app: string, peer: string, plain: string): Promise<string> {
    await ours.demo(Date.now());
    await ours.copy();
    await ours.connect(app);
    await ours.write();
    const counts = String(await ours.open(app));
    const entries = (await ours.entries()) as Columns;
    await storeScreen(peer, entries, String(await ours.households()), String(await ours.redemptions()));
    await raw.store(plain, entries);
    return counts;
  },

  async startActs(database: string, plain: string): Promise<void> {
    await ours.demo(Date.now());
    await ours.copy();
    await ours.connect(database);
    await ours.write();
    await ours.open(database);
    await ours.startActs();
    await raw.connect(plain);
  },
  /** Times of so many acts, each awaited until it is durable. */
  async acts(side: 'ours' | 'indexeddb', count: number): Promise<number[]> {
    const times = [];
    for (let at = 0; at < count; at++) {
      const { ms } = await timed(() => (side === 'ours' ? ours.act() : raw.act()));
      times.push(ms);
    }
    return times;
  },
  /** How many acts each side holds beyond those it began with. */
  actCounts: async () => [Number(await ours.acts()), await raw.acts()],
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
