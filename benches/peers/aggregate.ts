// The peer for sums: typed arrays that are in memory already, and one loop.

import type { Columns } from './columns.ts';

const TOP = 50;
const MONTHS = 64;

/** Copies of its own, of the three columns that are summed. */
export function typed(columns: Columns): Columns {
  return { ...columns, account: columns.account.slice(), points: columns.points.slice(), month: columns.month.slice() };
}

/** The sum of all points, the best accounts by their totals, the sums of the months. */
export function aggregate({ account, points, month }: Columns): string {
  const totals = new Int32Array(account.reduce((most, place) => Math.max(most, place), 0) + 1);
  const months = new Int32Array(MONTHS);
  const first = month[0]!;
  let all = 0;
  for (let at = 0; at < points.length; at++) {
    const value = points[at]!;
    all += value;
    totals[account[at]!]! += value;
    months[month[at]! - first]! += value;
  }
  let last = MONTHS;
  while (last > 0 && months[last - 1] === 0) {
    last -= 1;
  }
  const best = top(totals).map((place) => `${place}:${totals[place]}`);
  return `${all}|${best.join(',')}|${months.subarray(0, last).join(',')}`;
}

/** Places of the best, the earlier first among equals: one walk that keeps the best so far. */
function top(totals: Int32Array): number[] {
  const best: number[] = [];
  for (let place = 0; place < totals.length; place++) {
    const total = totals[place]!;
    if (best.length === TOP && totals[best[TOP - 1]!]! >= total) {
      continue;
    }
    let rank = best.length;
    while (rank > 0 && totals[best[rank - 1]!]! < total) {
      rank -= 1;
    }
    best.splice(rank, 0, place);
    best.length = Math.min(best.length, TOP);
  }
  return best;
}
