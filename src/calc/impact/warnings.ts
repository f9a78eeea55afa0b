/** What a reader should know before believing the money. A warning never changes a figure; it says what was found. */
import { formatMoney, formatProbability } from '../notation';
import type { Impact, ImpactInput, ImpactWarning, TermName } from './impact';
import { DAYS_A_YEAR } from './money';

/** Share of net beyond which one term alone is said to make it. */
const DOMINANT_SHARE = 0.9;
/** Share of a year's volume beyond which net is hard to believe. */
const IMPLAUSIBLE_SHARE = 0.01;

const TERM_WORDS: Record<TermName, string> = {
  revenue: 'revenue from accuracy',
  latency: 'latency',
  risk: 'what errors cost',
  serving: 'serving',
};

type Figures = Omit<Impact, 'warnings'>;
type Finder = (input: ImpactInput, figures: Figures) => ImpactWarning[];

/** All warnings about the figures, the gravest first. */
export function findWarnings(input: ImpactInput, figures: Figures): ImpactWarning[] {
  return [findUnmeasured, findImplausible, findDominant, findMisread, findOrigin, findScope].flatMap((find) =>
    find(input, figures),
  );
}

const findUnmeasured: Finder = (input, { terms, requestsPerDay }) =>
  terms.flatMap((term): ImpactWarning[] => {
    const words = TERM_WORDS[term.name];
    if (term.annual === null) {
      const lacksRequests = term.metric !== 'accuracy' && requestsPerDay === null;
      const field = lacksRequests || term.metric === null ? 'requestsPerDay' : term.metric;
      const missing = field === 'requestsPerDay' ? 'requests were' : `${field} in one of the variants was`;
      return [{ code: 'not-measured', field, message: `No figure for ${words}: ${missing} not measured.` }];
    }
    return term.metric !== null && term.low === null
      ? [
          {
            code: 'no-interval',
            field: term.metric,
            message: `No interval: ${term.metric} came without the count it was measured on.`,
          },
        ]
      : [];
  });

const findImplausible: Finder = ({ parameters }, { netAnnualValue, currency }) => {
  const bound = IMPLAUSIBLE_SHARE * parameters.baseVolume * DAYS_A_YEAR;
  return netAnnualValue !== null && parameters.baseVolume > 0 && Math.abs(netAnnualValue) > bound
    ? [
        {
          code: 'net-implausible',
          field: 'net',
          message: `Net is more than 1 % of all volume (${formatMoney(bound, currency)} a year): check the parameters.`,
        },
      ]
    : [];
};

const findDominant: Finder = (_, { terms, netAnnualValue }) => {
  if (netAnnualValue === null || netAnnualValue === 0) {
    return [];
  }
  return terms
    .filter(({ annual }) => annual !== null && Math.abs(annual) > DOMINANT_SHARE * Math.abs(netAnnualValue))
    .map(({ name, annual }) => {
      const share = Math.abs((annual ?? 0) / netAnnualValue);
      const size = share > 1 ? 'larger than net itself' : `${formatProbability(share)} of it`;
      return {
        code: 'one-term-dominates',
        field: 'net',
        message: `Net hangs on one term: ${TERM_WORDS[name]} is ${size}.`,
      };
    });
};

/** A multiplier above 1 would gain more than all volume; a coefficient of variation above 5 is not a guess any more. */
const findMisread: Finder = ({ parameters }) => {
  const limits = [
    ['revenueMultiplier', 1],
    ['multiplierCv', 5],
  ] as const;
  return limits
    .filter(([name, limit]) => Math.abs(parameters[name]) > limit)
    .map(([name]) => ({
      code: 'looks-like-percent',
      field: `parameters.${name}`,
      message: `${name} is ${parameters[name]}, which reads like percent: it is a fraction (0.005 = 0.5 %).`,
    }));
};

const findOrigin: Finder = ({ accuracyOrigin, evidence }, { terms }) => {
  const warnings: ImpactWarning[] = [];
  if (accuracyOrigin === 'offline' && (terms.find(({ name }) => name === 'revenue')?.annual ?? 0) !== 0) {
    warnings.push({
      code: 'offline-accuracy',
      field: 'accuracy',
      message: 'Revenue rests on offline accuracy: a test set, not the traffic of this test.',
    });
  }
  if (evidence.srm === 'warning') {
    warnings.push({
      code: 'srm-warning',
      field: 'srm',
      message: 'Traffic is split a little differently than planned; say how it is assigned to settle it.',
    });
  }
  return warnings;
};

const findScope: Finder = ({ parameters }, { netLow }) => {
  const warnings: ImpactWarning[] = [];
  if (parameters.multiplierCv === 0 && netLow !== null) {
    warnings.push({
      code: 'sampling-only',
      field: 'parameters.multiplierCv',
      message: 'Intervals carry sampling error only; the guessed multiplier is taken as exact.',
    });
  }
  if (parameters.infrastructure <= 0) {
    warnings.push({
      code: 'no-outlay',
      field: 'parameters.infrastructure',
      message: 'Infrastructure costs nothing extra, so there is no return to give and nothing to pay back.',
    });
  }
  return warnings;
};
