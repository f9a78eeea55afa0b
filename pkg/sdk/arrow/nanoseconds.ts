/**
 * Epoch milliseconds ⇄ Arrow's 64-bit nanoseconds. Done on 32-bit halves: one BigInt a value costs ten times as much, and
 * a plain number cannot hold today's nanoseconds exactly.
 */

const WORD = 2 ** 32;
const NS_PER_MS = 1_000_000;
/** 2^63 ns in ms: 1677-09-21 to 2262-04-11. */
const LIMIT_MS = 2 ** 63 / NS_PER_MS;

/** Little-endian, as Arrow's files are: the low half first. */
const LOW = 0;
const HIGH = 1;

/**
 * @param values epoch ms, fractions allowed; null and NaN give 0 (the caller marks them null).
 * @throws RangeError naming the first value that 64 bits of nanoseconds cannot hold.
 */
export function epochMsToNanoseconds(values: ReadonlyArray<number | null> | Float64Array): BigInt64Array {
  const nanoseconds = new BigInt64Array(values.length);
  const halves = new Uint32Array(nanoseconds.buffer);
  for (let i = 0; i < values.length; i++) {
    const ms = values[i] ?? NaN;
    if (Number.isNaN(ms)) continue;
    if (ms >= LIMIT_MS || ms <= -LIMIT_MS) {
      throw new RangeError(`time ${ms} ms (row ${i}) is outside of what 64-bit nanoseconds can hold, 1677 to 2262`);
    }
    // ms = upper·2^20 + lower, so that both products with 10^6 are exact in a double.
    const upper = Math.floor(ms / 2 ** 20);
    const upperNs = upper * NS_PER_MS;
    const lowerNs = Math.round((ms - upper * 2 ** 20) * NS_PER_MS);
    const upperHigh = Math.floor(upperNs / 2 ** 12);
    const low = (upperNs - upperHigh * 2 ** 12) * 2 ** 20 + (lowerNs % WORD);
    const carry = low >= WORD ? 1 : 0;
    halves[2 * i + LOW] = low - carry * WORD;
    halves[2 * i + HIGH] = upperHigh + Math.floor(lowerNs / WORD) + carry;
  }
  return nanoseconds;
}

/** @returns epoch ms; whole milliseconds are exact, finer digits survive as far as a double holds them (0.0002 ms today). */
export function nanosecondsToEpochMs(nanoseconds: BigInt64Array): Float64Array {
  const { buffer, byteOffset, length } = nanoseconds;
  const lows = new Uint32Array(buffer, byteOffset, 2 * length);
  const highs = new Int32Array(buffer, byteOffset, 2 * length);
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const high = highs[2 * i + HIGH] ?? 0;
    const low = lows[2 * i + LOW] ?? 0;
    // 2^32 ns are 4294 ms and 967,296 ns; every product here stays below 2^53.
    values[i] = high * 4294 + (high * 967_296 + low) / NS_PER_MS;
  }
  return values;
}
