/** The words of a waterfall's step: its name, its amounts, and how it came about. */
import {
  formatCount,
  formatLift,
  formatMoney,
  formatMoneyInterval,
  formatMoneyShort,
  formatProbability,
  MISSING,
} from '../../calc/notation';
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import type { ValueState } from '../../calc/provenance';
import { writeParameter } from './parameter-words';
import type { Step, StepName } from './waterfall-layout';

/** Faster is a saving, not a negative cost. */
export function nameOfStep({ name, amount }: Pick<Step, 'name' | 'amount'>): string {
  switch (name) {
    case 'revenue':
      return 'Revenue';
    case 'latency':
      return (amount ?? 0) > 0 ? 'Faster, saving' : 'Latency';
    case 'risk':
      return 'Risk';
    case 'serving':
      return 'Serving';
    case 'net':
      return 'Net';
  }
}

/** Width of a character at 14 px, px. */
const CHARACTER = 8.7;

/** How wide an amount's words are, px. */
export const widthOfAmount = (words: string): number => words.length * CHARACTER;

/** Width of a character at 11 px, px. */
const SMALL_CHARACTER = 6.6;

/** How wide an interval's words are on one line, px. */
export const widthOfInterval = (words: string): number => words.length * SMALL_CHARACTER;

/** An amount in full, or in three digits. */
export function amountOfStep({ amount }: Step, currency: string, isShort: boolean): string {
  return isShort ? formatMoneyShort(amount, currency, 'always') : formatMoney(amount, currency, 'always');
}

/** The interval of a step; a price alone has none. */
export function intervalOfStep({ amount, low, high, name }: Step): string {
  if (amount === null) {
    return name === 'net' ? 'not known' : 'not measured';
  }
  if (low === null || high === null) {
    return 'no interval';
  }
  return low === high ? 'assumed' : formatMoneyInterval({ low, high });
}

/** The worst first: a sum is no surer than its least sure part. */
const FROM_WORST: readonly ValueState[] = ['missing', 'simulated', 'estimated', 'measured'];

/** How sure the figures behind a step are: the worst of their states; null where it rests on no measurement. */
export function stateOfStep(name: StepName, input: ImpactInput | undefined): ValueState | null {
  if (input === undefined) {
    return null;
  }
  const states = new Set(statesBehind(name, input));
  return FROM_WORST.find((state) => states.has(state)) ?? null;
}

function statesBehind(name: StepName, input: ImpactInput): ValueState[] {
  const { accuracy, latency, errors, parameters, requestsState } = input;
  const counted = parameters.requestsPerDay === undefined ? [requestsState] : [];
  switch (name) {
    case 'revenue':
      return [accuracy?.state ?? 'missing'];
    case 'latency':
      return [latency?.state ?? 'missing', ...counted];
    case 'risk':
      return [errors?.state ?? 'missing', ...counted];
    case 'serving':
      return parameters.servingCost === 0 ? [] : counted;
    case 'net':
      return (['revenue', 'latency', 'risk', 'serving'] as const).flatMap((term) => statesBehind(term, input));
  }
}

/** What an amount is marked with that was not measured. */
export function markOfStep(name: StepName, input: ImpactInput | undefined): '≈ ' | '' {
  const state = stateOfStep(name, input);
  return state === 'estimated' || state === 'simulated' ? '≈ ' : '';
}

/** How a step comes about, as a product of what was measured and what is assumed. */
export function formulaOfStep(name: StepName, input: ImpactInput | undefined, impact: Impact): string {
  if (name === 'net') {
    return 'Revenue, less latency, plus risk reduction; before infrastructure.';
  }
  if (input === undefined) {
    return '';
  }
  const { parameters, accuracy, latency, errors } = input;
  const assumed = (parameter: 'baseVolume' | 'revenueMultiplier' | 'costPerMs' | 'costPerError' | 'servingCost') =>
    writeParameter(parameter, parameters[parameter], parameters.currency);
  const requests = impact.requestsPerDay === null ? MISSING : `${formatCount(impact.requestsPerDay)} requests`;
  switch (name) {
    case 'revenue':
      return `${assumed('baseVolume')} × ${formatLift(accuracy?.difference, null, 'fraction')} × ${assumed('revenueMultiplier')} a day, × 365`;
    case 'latency':
      return `${requests} × ${formatLift(latency?.difference, null, 'ms')} × ${assumed('costPerMs')} a day, × 365`;
    case 'risk':
      return `${requests} × ${formatLift(errors?.difference, null, 'fraction')} × ${assumed('costPerError')} a day, × 365`;
    case 'serving':
      return `${requests} × ${assumed('servingCost')} a day, × 365`;
  }
}

/** A step in one sentence, for a screen reader. */
export function stepSentence(step: Step, impact: Impact): string {
  const cover = formatProbability(1 - impact.alpha);
  const amount =
    step.amount === null ? 'not measured' : `${formatMoney(step.amount, impact.currency, 'always')} a year`;
  const interval =
    step.low === null || step.high === null ? 'no interval' : `${cover} interval ${intervalOfStep(step)}`;
  const decided = step.low === null ? '' : step.isDecided ? ', decided' : ', not decided';
  return `${nameOfStep(step)}: ${amount}, ${interval}${decided}`;
}
