/** Telling Flux that reads from Flux that writes, calls out, or asks for more than a series may have. */
import { FailureError } from '../../../../src/contract/failure';
import type { Period } from '../../period';
import { tooManyBuckets } from '../traffic';

/** Packages that compute. Those that reach out (`http`, `sql`, `kafka`, `slack`, …) or write (`experimental`) are not here. */
const PURE_PACKAGES: ReadonlySet<string> = new Set([
  'array', 'bitwise', 'date', 'date/boundaries', 'dict', 'experimental/aggregate', 'experimental/array', 'generate',
  'influxdata/influxdb/sample', 'influxdata/influxdb/schema', 'internal/gen', 'interpolate', 'join', 'json', 'math', 'regexp',
  'sampledata', 'strings', 'timezone', 'types', 'universe',
]); // prettier-ignore

/**
 * Refuses a script that could do more than read: the functions `to` and `wideTo` under any alias, and packages that reach
 * out. Whether the token may write is the server's business; this must hold with one that may.
 *
 * @throws FailureError class `query`
 */
export function requireReadingFlux(text: string): void {
  const { code, isWhole } = codeOf(text);
  for (const { index } of code.matchAll(/\bimport\b/g)) {
    // The plain form only: a comment, a letter beyond ASCII or no space at all may stand between as well.
    const [, name] = /^import[ \t]+(?:\w+[ \t]+)?"([^"\\]*)"/.exec(text.slice(index, index + LONGEST_IMPORT)) ?? [];
    if (name === undefined) {
      throw refusal('what is imported is not plain to see; write import "package" on a line of its own');
    }
    if (!PURE_PACKAGES.has(name)) {
      throw refusal(`the package “${name}” is not on the list of packages that only compute`);
    }
  }
  const written = /\b(to|wideTo)\b/.exec(code);
  if (written) {
    throw refusal(`“${written[1] ?? ''}” writes`);
  }
  if (isWhole ? HOST.test(code) : namesHost(code)) {
    throw refusal('a call names a “host” to read from');
  }
}

const LONGEST_IMPORT = 200;

const HOST = /\bhost\s*(?:\/\/[^\n]*\s*)*:/;

/** `from`, `buckets` and others read from another server when a `host` is among their arguments; a record may well have one. */
function namesHost(code: string): boolean {
  const open: string[] = [];
  for (const [token] of code.matchAll(/[({[\])}]|\bhost\s*:/g)) {
    if ('({['.includes(token)) {
      open.push(token);
    } else if (')}]'.includes(token)) {
      open.pop();
    } else if (open.at(-1) === '(') {
      return true;
    }
  }
  return false;
}

function refusal(why: string): FailureError {
  return new FailureError({
    class: 'query',
    source: 'influx',
    field: 'query',
    message: `Only Flux that reads is run: ${why}.`,
    fix: 'Leave it out; use InfluxDB’s own client to change data.',
  });
}

/**
 * The script without comments and strings. A regular expression may hold a quote, and `${` in a string begins code with
 * strings of its own: either turns strings and code inside out, so where one might be, nothing is taken away (`isWhole`).
 */
function codeOf(text: string): { code: string; isWhole: boolean } {
  const mayHoldRegex = /(^|[=(:,[!~{>])\s*\//.test(text.replace(/\/\/[^\n"/]*$/gm, ''));
  const isWhole = mayHoldRegex || text.includes('${');
  const hide = (hidden: string) => ' '.repeat(hidden.length);
  return { code: isWhole ? text : text.replace(/"(?:\\[\s\S]|[^"\\])*"|\/\/[^\n]*/g, hide), isWhole };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Windows narrower than the dashboard's range over `maxPoints` would never come back. @throws FailureError class `limit` */
export function requireBoundedWindows(text: string, period: Period, maxPoints: number): void {
  for (const [, magnitude, unit] of text.matchAll(/\bevery\s*:\s*(\d+)(ns|us|µs|ms|s|m|h|d|w)\b/g)) {
    const widthMs = Number(magnitude) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
    if ((period.to - period.from) / widthMs > maxPoints) {
      throw tooManyBuckets(maxPoints);
    }
  }
}
