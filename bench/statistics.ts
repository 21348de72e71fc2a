/** Median of some numbers; NaN if there are none. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  const lower = sorted[middle - 1] ?? NaN;
  return sorted.length % 2 ? upper : (lower + upper) / 2;
}

/** Rounds to a number of decimals. */
export function round(number: number, decimals: number): number {
  return Number(number.toFixed(decimals));
}
