/** The waterfall from revenue to net: where each bar begins and ends, in money and in pixels. */
import type { Impact, Term, TermName } from '../../calc/impact/impact';
import { linearScale, type Scale } from './scale';

export type StepName = TermName | 'net';

export interface Step {
  name: StepName;
  /** The step's amount a year; null when it was not measured. */
  amount: number | null;
  low: number | null;
  high: number | null;
  /** Running total before and after; a net bar begins at 0. */
  from: number;
  to: number;
  /** The interval excludes zero; without an interval nothing is decided. */
  isDecided: boolean;
}

const isDecided = (low: number | null, high: number | null): boolean =>
  low !== null && high !== null && (low > 0 || high < 0);

/** The steps from left to right: each term that has a price, then net. */
export function stepsOf(impact: Impact): Step[] {
  let total = 0;
  const steps = impact.terms.filter(isPriced).map((term): Step => {
    const from = total;
    total += term.annual ?? 0;
    const { name, annual: amount, low, high } = term;
    return { name, amount, low, high, from, to: total, isDecided: isDecided(low, high) };
  });
  const { netAnnualValue, netLow, netHigh } = impact;
  return [
    ...steps,
    {
      name: 'net',
      amount: netAnnualValue,
      low: netLow,
      high: netHigh,
      from: 0,
      to: netAnnualValue ?? 0,
      isDecided: isDecided(netLow, netHigh),
    },
  ];
}

/** Serving is off by default and then not worth a column; the three terms of the seed always have one. */
const isPriced = (term: Term): boolean => term.name !== 'serving' || (term.annual ?? 0) !== 0;

/** A y scale that holds zero, every step (of several waterfalls on one axis) and net's interval. */
export function scaleOfSteps(steps: readonly Step[], top: number, bottom: number): Scale {
  const net = steps.filter(({ name }) => name === 'net').flatMap(({ low, high }) => [low ?? 0, high ?? 0]);
  const values = [0, ...net, ...steps.flatMap(({ from, to }) => [from, to])];
  return linearScale([Math.min(...values), Math.max(...values)], [bottom, top]);
}
