// What a household earned, lost and redeemed, as a JavaScript application
// would reduce its rows, by the rules of our ranking.

export interface Sums {
  earned: number;
  deducted: number;
  redeemed: number;
  balance: number;
}

export interface ScoredEntry {
  account: number;
  day: number;
  points: number;
  reverses: number;
}

/** Adds up the entries by household. */
export function reduceEntries(entries: ScoredEntry[], first: number, last: number): Map<number, Sums> {
  const sums = new Map<number, Sums>();
  for (const entry of entries) {
    const of = sumsOf(sums, entry.account);
    of.balance += entry.points;
    if (entry.day >= first && entry.day <= last) {
      // A reversal has the opposite sign of what it takes back.
      if (entry.points > 0 !== entry.reverses > 0) {
        of.earned += entry.points;
      } else {
        of.deducted += entry.points;
      }
    }
  }
  return sums;
}

/** The sums of a household, which begin at nothing. */
export function sumsOf(sums: Map<number, Sums>, account: number): Sums {
  let of = sums.get(account);
  if (!of) {
    of = { earned: 0, deducted: 0, redeemed: 0, balance: 0 };
    sums.set(account, of);
  }
  return of;
}

export interface HouseholdRow {
  id: number;
  number: string;
  head: string;
  grid: string;
  unit: string;
}

export interface Ranked extends Sums {
  place: number;
  household: HouseholdRow;
}

/** The households, best first; equal scores share a place. */
export function rank(households: HouseholdRow[], sums: Map<number, Sums>, count: number): Ranked[] {
  const score = (of: Sums) => of.earned + of.deducted;
  const sorted = households
    .map((household) => ({ household, ...sumsOf(sums, household.id) }))
    .sort((a, b) => score(b) - score(a));
  let place = 0;
  return sorted.slice(0, count).map((row, at) => {
    if (at === 0 || score(row) !== score(sorted[at - 1]!)) {
      place = at + 1;
    }
    return { ...row, place };
  });
}
