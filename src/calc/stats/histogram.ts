/** One cumulative bucket of a classic histogram: how many observations are ≤ `le`. The last one has `le` = +Infinity. */
export interface Bucket {
  le: number;
  count: number;
}
