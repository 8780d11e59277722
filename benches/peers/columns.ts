// The entries as our side hands them out: columns of equal length.

export interface Columns {
  /** Place of the household. */
  account: Uint32Array;
  points: Int32Array;
  /** Year × 12 + month. */
  month: Uint16Array;
  /** 20260930 */
  day: Uint32Array;
  item: Uint32Array;
  activity: Uint32Array;
  quantity: Uint32Array;
  /** Place of the entry that is taken back, from 1; 0 for none. */
  reverses: Uint32Array;
}
