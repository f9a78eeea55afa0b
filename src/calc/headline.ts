/** The sentence at the top of a comparison: who is ahead, by how much, how sure, and what is still open or to be done. */
import {
  asideOf,
  capital,
  guardrailClauses,
  has,
  join,
  liftOf,
  nameOf,
  openOf,
  sentenceOf,
  type HeadlineRow,
} from './headline-clauses';
import { formatAge, formatCount, formatLift, formatPValue, formatSplit } from './notation';
import type { Comparison, Direction, Progress } from './stats/comparison';
import type { SplitCheck } from './stats/split-check';

/** What a manager reads first. */
export interface Headline {
  tone: 'win' | 'loss' | 'undecided' | 'early' | 'invalid' | 'test-set' | 'no-data';
  /** Emphasised beginning, e.g. `enhanced wins:`. */
  subject: string;
  /** The rest of the sentence, e.g. `accuracy +3.6 pp, 95 % interval 2.9…4.3`; may be empty. */
  text: string;
  /** One muted clause on guardrails, what is open, and what to do; may be empty. */
  aside: string;
}

export type { HeadlineRow };

export interface HeadlineInput {
  control: string;
  alpha: number;
  /** All metrics of all treatments, not broken down, in definition order. */
  rows: readonly HeadlineRow[];
  split: SplitCheck | null;
  /** The start of the test window in words, `1 Sep 09:00`; null when unknown. */
  since: string | null;
}

/** Composes the headline of an experiment from its comparisons and its split check. */
export function composeHeadline(input: HeadlineInput): Headline {
  const measured = input.rows.filter(({ comparison }) => comparison.absolute !== null || comparison.refusal === null);
  const isInvalid = input.rows.some(({ comparison }) => comparison.verdict === 'invalid');
  if (isInvalid) {
    return invalidHeadline(input);
  }
  if (measured.length === 0) {
    return withoutAnswer(input);
  }
  const variant = leadingVariant(measured);
  const rows = input.rows.filter((row) => row.variant === variant);
  const goals = rows.filter(({ comparison }) => comparison.metric.role === 'goal');
  const broken = rows.find(({ comparison }) => isDecided(comparison) && comparison.guardrail?.status === 'broken');
  const winner = goals.find(({ comparison }) => comparison.verdict === 'winner');
  const loser = goals.find(({ comparison }) => comparison.verdict === 'loser');
  if (broken !== undefined) {
    return brokenHeadline(input, broken, winner);
  }
  if (winner !== undefined && loser !== undefined) {
    const text = `${nameOf(winner)} wins, ${nameOf(loser)} loses`;
    return {
      tone: 'undecided',
      subject: 'Mixed result:',
      text,
      aside: `Weigh ${nameOf(winner)} against ${nameOf(loser)}.`,
    };
  }
  if (winner !== undefined) {
    return {
      tone: 'win',
      subject: `${variant} wins:`,
      text: sentenceOf(winner, input.alpha),
      aside: asideOf(rows, winner),
    };
  }
  if (loser !== undefined) {
    const aside = join([`Keep ${input.control}`, ...openOf(rows, loser)]);
    return { tone: 'loss', subject: `${variant} loses:`, text: sentenceOf(loser, input.alpha), aside };
  }
  const [first] = goals.length > 0 ? goals : rows;
  return first === undefined ? withoutAnswer(input) : undecidedHeadline(input, first, rows);
}

const isDecided = ({ verdict }: HeadlineRow['comparison']): boolean => verdict === 'winner' || verdict === 'loser';

/** How much better a row looks, in standard errors, so that metrics of any unit compare. */
function benefitOf({ comparison }: HeadlineRow): number {
  const { absolute, metric } = comparison;
  if (absolute === null) {
    return Number.NEGATIVE_INFINITY;
  }
  const benefit = metric.direction === 'lower' ? -absolute.estimate : absolute.estimate;
  return absolute.standardError > 0 ? benefit / absolute.standardError : 0;
}

const VERDICT_RANK: Readonly<Record<Comparison['verdict'], number>> = {
  winner: 2,
  inconclusive: 1,
  'not-enough-data': 1,
  loser: 0,
  invalid: 0,
};

/** The variant of the best goal row: winners first, then by how far ahead it is. */
function leadingVariant(rows: readonly HeadlineRow[]): string {
  const goals = rows.filter(({ comparison }) => comparison.metric.role === 'goal');
  const ranked = [...(goals.length > 0 ? goals : rows)].sort(
    (a, b) =>
      VERDICT_RANK[b.comparison.verdict] - VERDICT_RANK[a.comparison.verdict] || benefitOf(b) - benefitOf(a) || 0,
  );
  return ranked[0]?.variant ?? '';
}

function invalidHeadline({ split, rows }: HeadlineInput): Headline {
  const reason = rows.find(({ comparison }) => comparison.verdict === 'invalid')?.comparison.reasons[0];
  if (split?.status === 'failed') {
    return {
      tone: 'invalid',
      subject: 'Test invalid:',
      text: `traffic is ${formatSplit(split.observedShares)}, expected ${formatSplit(split.expectedShares)}`,
      aside: `Sample ratio mismatch, p ${formatPValue(split.pValue)}. Fix assignment or logging, then restart the test.`,
    };
  }
  const aside = 'Fix the cause, then restart the test.';
  return { tone: 'invalid', subject: 'Test invalid:', text: reason?.words ?? '', aside };
}

/** Nothing could be compared: no data at all, or data that allow no test. */
function withoutAnswer({ rows, since }: HeadlineInput): Headline {
  const refused = rows.find(
    ({ comparison }) => comparison.refusal !== null && comparison.refusal.refused !== 'no-data',
  );
  if (refused !== undefined) {
    const words = refused.comparison.reasons[0]?.words ?? '';
    return { tone: 'undecided', subject: 'No comparison:', text: `${nameOf(refused)}: ${words}`, aside: '' };
  }
  const aside = `No source answered with samples${since === null ? '' : ` since ${since}`}. Missing is not zero.`;
  return { tone: 'no-data', subject: 'No data for this test window', text: '', aside };
}

function brokenHeadline(input: HeadlineInput, broken: HeadlineRow, winner: HeadlineRow | undefined): Headline {
  const { lift } = liftOf({ ...broken, comparison: { ...broken.comparison, relative: null } });
  const { metric, guardrail } = broken.comparison;
  const margin = (guardrail?.margin ?? 0) * (metric.direction === 'lower' ? 1 : -1);
  const advice = `keep ${input.control} until ${nameOf(broken)} is within its margin`;
  return {
    tone: 'loss',
    subject: `${broken.variant} breaks a guardrail:`,
    text: `${nameOf(broken)} ${lift}, margin ${formatLift(margin, null, broken.unit)}`,
    aside: join(winner === undefined ? [advice] : [`${nameOf(winner)} wins ${liftOf(winner).lift}`, advice]),
  };
}

function undecidedHeadline(input: HeadlineInput, row: HeadlineRow, rows: readonly HeadlineRow[]): Headline {
  const { comparison } = row;
  const standIn = comparison.reasons.find(({ code }) => code === 'simulated' || code === 'estimated');
  if (standIn !== undefined && comparison.absolute !== null) {
    const aside = `${capital(sentenceOf(row, input.alpha))}, if the figures held.`;
    return { tone: 'undecided', subject: 'Not decided:', text: standIn.words, aside };
  }
  if (row.stale !== undefined || has(row, 'stale')) {
    return staleHeadline(row, rows);
  }
  if (has(row, 'offline')) {
    return testSetHeadline(row);
  }
  const sentence = sentenceOf(row, input.alpha);
  if (has(row, 'no-start')) {
    const text = 'the start of the test is unknown';
    const aside = `${capital(sentence)}, as a description. Set the experiment's start to get a verdict.`;
    return { tone: 'undecided', subject: 'Not decided:', text, aside };
  }
  if (comparison.absolute === null) {
    const text = `${nameOf(row)}: ${comparison.reasons[0]?.words ?? ''}`;
    return { tone: 'undecided', subject: 'Not decided:', text, aside: asideOf(rows, row) };
  }
  if (comparison.verdict === 'not-enough-data' || (comparison.progress !== null && comparison.progress.share < 1)) {
    return has(row, 'decided-better') ? blockedHeadline(row, sentence) : earlyHeadline(row, comparison.progress);
  }
  if (has(row, 'decided-better')) {
    return blockedHeadline(row, sentence);
  }
  return { tone: 'undecided', subject: 'Not decided:', text: sentence, aside: asideOf(rows, row) };
}

/** Better by the numbers, but another finding forbids a verdict. */
function blockedHeadline({ comparison }: HeadlineRow, sentence: string): Headline {
  const text = comparison.reasons[0]?.words ?? '';
  return { tone: 'undecided', subject: 'Not decided:', text, aside: `${capital(sentence)} otherwise.` };
}

function earlyHeadline(row: HeadlineRow, progress: Progress | null): Headline {
  const counted = row.counted ?? 'requests';
  const { nControl, nVariant } = row.comparison;
  if (progress === null) {
    const aside = `${formatCount(nControl + nVariant)} ${counted} so far.`;
    return { tone: 'early', subject: 'Too early to say', text: '', aside };
  }
  return { tone: 'early', subject: 'Too early to say', text: '', aside: `${progressWords(progress, counted)}.` };
}

/** How far a sample has come, and how long it will take: the same figures wherever they are told. */
export function progressWords({ collected, needed, daysLeft }: Omit<Progress, 'share'>, counted: string): string {
  const of = `${formatCount(collected)} of about ${formatCount(roundUp(needed))} ${counted}`;
  const days = daysLeft === null ? null : Math.max(1, Math.ceil(daysLeft));
  const left =
    days === null ? '' : `; roughly ${formatCount(days)} ${days === 1 ? 'day' : 'days'} to go at this traffic`;
  return `${of}${left}`;
}

/** Two significant digits: a forecast is no more exact than that. */
function roundUp(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.ceil(count / step) * step;
}

function staleHeadline(row: HeadlineRow, rows: readonly HeadlineRow[]): Headline {
  const name = nameOf(row);
  const age = row.stale === undefined ? 'too old' : `${formatAge(row.stale.ageSeconds)} old`;
  const text = `${name} is ${has(row, 'offline') ? 'offline and ' : ''}${age}`;
  const limit = row.stale === undefined ? '' : ` older than ${formatAge(row.stale.limitSeconds)}`;
  const guardrails = guardrailClauses(rows.filter(({ comparison }) => comparison.metric.role === 'guardrail'));
  const aside = [join(guardrails), `${capital(name)}${limit} cannot win a test.`].filter((clause) => clause !== '');
  return { tone: 'undecided', subject: 'Not decided:', text, aside: aside.join(' ') };
}

function testSetHeadline(row: HeadlineRow): Headline {
  const { lift, interval } = liftOf(row);
  const name = nameOf(row);
  const fixed = row.comparison.absolute?.fixed;
  const better: Direction = row.comparison.metric.direction;
  const n = formatCount(Math.min(row.comparison.nControl, row.comparison.nVariant));
  const aside = `Offline ${name}, n ${n}, not randomised: no A/B verdict while live counts are missing.`;
  if (fixed === undefined || (fixed.low <= 0 && fixed.high >= 0)) {
    const text = `${name} ${lift}, interval ${interval}`;
    return { tone: 'test-set', subject: 'No difference shown on the test set:', text, aside };
  }
  const word = fixed.low > 0 === (better === 'higher') ? 'better' : 'worse';
  return { tone: 'test-set', subject: `${row.variant} is ${word} on the test set:`, text: lift, aside };
}
