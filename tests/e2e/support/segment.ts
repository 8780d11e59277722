// The stored bytes of the journal, as ARCHITECTURE.md describes them: what
// somebody who knows the format can do to them.

const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const turn = (value: bigint, by: bigint) => ((value << by) | (value >> (64n - by))) & MASK;
const round = (lane: bigint, input: bigint) => (turn((lane + input * P2) & MASK, 31n) * P1) & MASK;
const merge = (hash: bigint, lane: bigint) => ((hash ^ round(0n, lane)) * P1 + P4) & MASK;

/** XXH64. */
export function xxh64(bytes: Uint8Array, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let place = 0;
  let hash = (seed + P5) & MASK;
  if (bytes.length >= 32) {
    let lanes = [seed + P1 + P2, seed + P2, seed, seed - P1].map((lane) => lane & MASK);
    for (; place + 32 <= bytes.length; place += 32) {
      lanes = lanes.map((lane, at) => round(lane, view.getBigUint64(place + 8 * at, true)));
    }
    const turns = [1n, 7n, 12n, 18n];
    hash = lanes.reduce((sum, lane, at) => (sum + turn(lane, turns[at] ?? 0n)) & MASK, 0n);
    hash = lanes.reduce(merge, hash);
  }
  hash = (hash + BigInt(bytes.length)) & MASK;
  for (; place + 8 <= bytes.length; place += 8) {
    hash = (turn(hash ^ round(0n, view.getBigUint64(place, true)), 27n) * P1 + P4) & MASK;
  }
  for (; place + 4 <= bytes.length; place += 4) {
    hash = (turn(hash ^ ((BigInt(view.getUint32(place, true)) * P1) & MASK), 23n) * P2 + P3) & MASK;
  }
  for (; place < bytes.length; place += 1) {
    hash = (turn(hash ^ ((BigInt(bytes[place] ?? 0) * P5) & MASK), 11n) * P1) & MASK;
  }
  hash = ((hash ^ (hash >> 33n)) * P2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * P3) & MASK;
  return hash ^ (hash >> 32n);
}

/** Where the segment ends in a record: a slip with texts may stand behind it. */
function segmentOf(record: Uint8Array): Uint8Array {
  const isFramed = new TextDecoder().decode(record.subarray(0, 4)) === 'CZSS';
  const length = new DataView(record.buffer, record.byteOffset).getUint32(4, true);
  return isFramed ? record.subarray(8, 8 + length) : record;
}

/** The same record with one bit of the last act flipped, as a bad disk does. */
export function flipped(record: Uint8Array): Uint8Array {
  const altered = Uint8Array.from(record);
  const segment = segmentOf(altered);
  // In the act itself: behind the frame's head, before the last hash.
  const place = segment.length - 48;
  segment[place] = (segment[place] ?? 0) ^ 1;
  return altered;
}

/** The same record with the last act, or the one at this place, altered and its check made to fit, but not the chain. */
export function forged(record: Uint8Array, place?: number): Uint8Array {
  return withAct(record, place, (body) => {
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 2;
  });
}

/** The same record with another end of its chain and a check that fits: no act says where it was altered. */
export function unchained(record: Uint8Array): Uint8Array {
  const altered = Uint8Array.from(record);
  const segment = segmentOf(altered);
  const end = segment.length - 36;
  segment[end] = (segment[end] ?? 0) ^ 1;
  const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
  const sealed = Uint8Array.from([...segment.subarray(0, 54), ...segment.subarray(end, end + 32)]);
  view.setUint32(end + 32, Number(xxh64(sealed, view.getBigUint64(10, true)) & 0xffffffffn), true);
  return altered;
}

/** The same record with an event in the last act that this program does not know, as a newer one writes it. */
export function newer(record: Uint8Array): Uint8Array {
  return withAct(record, undefined, (body) => {
    // An array of a few events, of which the first is an array of its code and its fields.
    const isShort = (byte = 0) => byte > 0x80 && byte < 0x98;
    const place = body.findIndex((byte, at) => isShort(byte) && isShort(body[at + 1])) + 2;
    if (place < 2) throw new Error('no event is found in the last act');
    if (body[place] === 0x18) body[place + 1] = 240;
    else body[place] = 23;
  });
}

function withAct(record: Uint8Array, place: number | undefined, change: (body: Uint8Array) => void): Uint8Array {
  const altered = Uint8Array.from(record);
  const segment = segmentOf(altered);
  const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
  const wanted = place ?? view.getUint32(18, true) - 1;
  let [length, check] = lengthAt(segment, 54);
  for (let passed = 0; passed < wanted; passed += 1) {
    [length, check] = lengthAt(segment, check + 4 + length);
  }
  const body = segment.subarray(check + 4, check + 4 + length);
  // Its link of the chain, two bytes, stays as it is.
  change(body.subarray(2));
  const sequence = view.getBigUint64(10, true) + BigInt(wanted);
  view.setUint32(check, Number(xxh64(body, MASK ^ sequence) & 0xffffffffn), true);
  return altered;
}

/** The length that stands here, seven bits to a byte, and where what follows it begins. */
function lengthAt(segment: Uint8Array, place: number): [number, number] {
  let length = 0;
  let next = place;
  for (let shift = 0; ; shift += 7) {
    const byte = segment[next] ?? 0;
    next += 1;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [length, next];
  }
}
