/**
 * Shares measured by simulation, and the bands they are held to. Every band follows from the binomial error of the share
 * itself: `SIMULATIONS=large` runs ten times as many and so holds them to bands a third as wide.
 */

/** Which share of runs something happened in. */
export interface MeasuredShare {
  what: string;
  runs: number;
  events: number;
}

/** Standard errors a share may lie from what it should be. */
const REACH = 3;

const isLarge = process.env['SIMULATIONS'] === 'large';

/** How many runs to make where `usual` are made by default. */
export const runsOf = (usual: number): number => (isLarge ? 10 * usual : usual);

/** Counts what happens over the runs of one simulation. */
export class Tally {
  readonly #shares = new Map<string, MeasuredShare>();

  constructor(private readonly title: string) {}

  /** One run in which `what` happened or not. */
  count(what: string, happened: boolean): void {
    const share = this.#shares.get(what) ?? { what: `${this.title}: ${what}`, runs: 0, events: 0 };
    share.runs++;
    share.events += happened ? 1 : 0;
    this.#shares.set(what, share);
  }

  /** Runs counted so far. */
  runs(what: string): number {
    return this.#shares.get(what)?.runs ?? 0;
  }

  /** @throws Error when it was never counted: a simulation that measures nothing must not pass */
  share(what: string): MeasuredShare {
    const share = this.#shares.get(what);
    if (share === undefined) {
      throw new Error(`${this.title}: nothing was counted as “${what}”`);
    }
    return share;
  }
}

const errorAt = (probability: number, runs: number): number => Math.sqrt((probability * (1 - probability)) / runs);

/** Holds a share to at most `limit`, and what chance may add to it. */
export function expectAtMost(measured: MeasuredShare, limit: number): void {
  const bound = limit + REACH * errorAt(limit, measured.runs);
  record(measured, `≤ ${percent(limit)} (+ 3 se: ${percent(bound)})`);
  expect(measured.events / measured.runs).toBeLessThanOrEqual(bound);
}

/** Holds a share to at least `limit`, less what chance may take from it. */
export function expectAtLeast(measured: MeasuredShare, limit: number): void {
  const bound = limit - REACH * errorAt(limit, measured.runs);
  record(measured, `≥ ${percent(limit)} (− 3 se: ${percent(bound)})`);
  expect(measured.events / measured.runs).toBeGreaterThanOrEqual(bound);
}

/** Holds a share to a band in which its middle would stay by chance; too few runs to tell are a failure of their own. */
export function expectBetween(measured: MeasuredShare, low: number, high: number): void {
  record(measured, `${percent(low)} … ${percent(high)}`);
  expect(REACH * errorAt((low + high) / 2, measured.runs)).toBeLessThanOrEqual((high - low) / 2);
  expect(measured.events / measured.runs).toBeGreaterThanOrEqual(low);
  expect(measured.events / measured.runs).toBeLessThanOrEqual(high);
}

/** Shows that a share is beyond `limit` by more than chance: what a trap does to those who fall into it. */
export function expectBeyond(measured: MeasuredShare, limit: number): void {
  const bound = limit + REACH * errorAt(limit, measured.runs);
  record(measured, `> ${percent(bound)}: the trap`);
  expect(measured.events / measured.runs).toBeGreaterThan(bound);
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

const isTableWanted = process.env['SIMULATIONS_TABLE'] !== undefined;

function record({ what, runs, events }: MeasuredShare, allowed: string): void {
  if (isTableWanted) {
    const share = events / runs;
    const shown = `${percent(share)} ± ${percent(1.96 * errorAt(share, runs))}`;
    process.stdout.write(`${what.padEnd(64)} ${shown.padEnd(20)} of ${String(runs).padEnd(6)} ${allowed}\n`);
  }
}
