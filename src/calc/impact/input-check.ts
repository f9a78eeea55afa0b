/** Checks what money is computed from, before anything is: a bad input is refused by name, never carried into a figure. */
import { refuseAlpha } from '../stats/refusal';
import type { MeasuredDifference, MoneyMetric } from './difference';
import { hasMixedUnits, isPercent, MONEY_METRICS, percentToFraction } from './difference';
import type { ImpactInput } from './impact';
import { NUMERIC_PARAMETERS, PARAMETER_LABELS } from './parameters';
import type { NumericParameter } from './parameters';
import type { ImpactRefusal } from './refusal';
import type { ImpactWarning } from './impact';

/** No amount, price or count of a business lies beyond; within, no product of two overflows. */
const LARGEST = 1e18;

/** One request in a billion: less is no test. */
const LEAST_EXPOSURE = 1e-9;

const MAY_BE_NEGATIVE: readonly NumericParameter[] = ['revenueMultiplier', 'infrastructure'];

/** The input with percent turned into fractions, and what was found on the way. */
export interface CheckedInput {
  input: ImpactInput;
  warnings: ImpactWarning[];
}

/** Refuses the first input that can't be right; detects percent where a fraction is meant, converts it and says so. */
export function checkInput(input: ImpactInput): CheckedInput | ImpactRefusal {
  const refusal =
    NUMERIC_PARAMETERS.map((name) => parameterRefusal(name, input.parameters[name])).find((found) => found !== null) ??
    trafficRefusal(input) ??
    MONEY_METRICS.map((metric) => differenceRefusal(metric, input[metric])).find((found) => found !== null) ??
    covarianceRefusal(input);
  return refusal ?? withFractions(input);
}

function parameterRefusal(name: NumericParameter, value: number | undefined): ImpactRefusal | null {
  const field = `parameters.${name}`;
  const { label } = PARAMETER_LABELS[name];
  if (value === undefined) {
    return null;
  }
  if (!Number.isFinite(value)) {
    return { refused: 'not-a-number', field, message: `${label} is not a number.`, fix: 'Enter a finite number.' };
  }
  if (value !== 0 && (Math.abs(value) > LARGEST || Math.abs(value) < 1 / LARGEST)) {
    return {
      refused: 'absurd',
      field,
      message: `${label} is ${value.toPrecision(3)}, which no business has.`,
      fix: 'Enter 0, or a size between 1e-18 and 1e18.',
    };
  }
  if (value < 0 && !MAY_BE_NEGATIVE.includes(name)) {
    return { refused: 'negative', field, message: `${label} is negative.`, fix: 'Enter 0 or more.' };
  }
  return name === 'requestsPerDay' && value === 0 ? noRequests(field) : null;
}

const noRequests = (field: string): ImpactRefusal => ({
  refused: 'no-requests',
  field,
  message: 'There are no requests, so a full rollout cannot be estimated.',
  fix: 'Check the window and the mapping of the request counter, or set requests a day at full rollout.',
});

function trafficRefusal({ requestsPerDay, parameters, exposure, days, alpha }: ImpactInput): ImpactRefusal | null {
  if (requestsPerDay !== null && parameters.requestsPerDay === undefined) {
    if (!Number.isFinite(requestsPerDay) || requestsPerDay < 0 || requestsPerDay > LARGEST) {
      return {
        refused: requestsPerDay < 0 ? 'negative' : 'not-a-number',
        field: 'requestsPerDay',
        message: `Measured requests a day are ${requestsPerDay}.`,
        fix: 'Check the mapping of the request counter.',
      };
    }
    if (requestsPerDay === 0) {
      return noRequests('requestsPerDay');
    }
  }
  if (!(exposure >= LEAST_EXPOSURE && exposure <= 100)) {
    return {
      refused: 'exposure-out-of-range',
      field: 'exposure',
      message: `The exposed share of traffic is ${exposure}.`,
      fix: 'It must be above 0 and at most 1.',
    };
  }
  if (!(days > 0 && Number.isFinite(days))) {
    return { refused: 'no-days', field: 'days', message: 'The test window is empty.', fix: 'Check start and end.' };
  }
  return alpha !== undefined && refuseAlpha(alpha, 0.5) !== null
    ? {
        refused: 'alpha-out-of-range',
        field: 'alpha',
        message: `Alpha is ${alpha}.`,
        fix: 'It must lie between 0 and 0.5.',
      }
    : null;
}

function differenceRefusal(metric: MoneyMetric, difference: MeasuredDifference | null): ImpactRefusal | null {
  if (difference === null) {
    return null;
  }
  const { control, treatment, variance } = difference;
  const values = [control, treatment, difference.difference, variance ?? 0];
  const fix = `Check what ${metric} is mapped to.`;
  if (values.some((value) => !Number.isFinite(value) || Math.abs(value) > LARGEST)) {
    return { refused: 'not-a-number', field: metric, message: `A figure of ${metric} is not a usable number.`, fix };
  }
  if (control < 0 || treatment < 0 || (variance ?? 0) < 0) {
    return { refused: 'negative', field: metric, message: `A figure of ${metric} is negative.`, fix };
  }
  if (metric === 'latency') {
    return null;
  }
  if (hasMixedUnits(difference)) {
    return {
      refused: 'mixed-units',
      field: metric,
      message: `${metric} is ${control} in the control and ${treatment} in the treatment: a fraction and a percentage.`,
      fix: 'Log both variants in the same unit.',
    };
  }
  return Math.max(control, treatment) > 100
    ? { refused: 'not-a-fraction', field: metric, message: `${metric} is above 100 %.`, fix }
    : null;
}

function covarianceRefusal({ covariances = {} }: ImpactInput): ImpactRefusal | null {
  const { accuracyLatency = 0, accuracyErrors = 0, latencyErrors = 0 } = covariances;
  const isUsable = [accuracyLatency, accuracyErrors, latencyErrors].every((value) => Math.abs(value) <= LARGEST);
  return isUsable
    ? null
    : {
        refused: 'not-a-number',
        field: 'covariances',
        message: 'A covariance is not a usable number.',
        fix: 'Leave it out.',
      };
}

function withFractions(input: ImpactInput): CheckedInput {
  const warnings: ImpactWarning[] = [];
  const readAsFraction = (field: 'accuracy' | 'errors') => {
    const difference = input[field];
    if (difference === null || !isPercent(difference)) {
      return difference;
    }
    warnings.push({
      code: 'percent-read-as-fraction',
      field,
      message: `${field} came as percent (${difference.control}, ${difference.treatment}) and was divided by 100.`,
    });
    return percentToFraction(difference);
  };
  const accuracy = readAsFraction('accuracy');
  const errors = readAsFraction('errors');
  if (input.exposure > 1) {
    warnings.push({
      code: 'percent-read-as-fraction',
      field: 'exposure',
      message: `exposure came as percent (${input.exposure}) and was divided by 100.`,
    });
  }
  const scale = { accuracy: accuracy === input.accuracy ? 1 : 0.01, errors: errors === input.errors ? 1 : 0.01 };
  const { accuracyLatency = 0, accuracyErrors = 0, latencyErrors = 0 } = input.covariances ?? {};
  return {
    input: {
      ...input,
      accuracy,
      errors,
      exposure: input.exposure > 1 ? input.exposure / 100 : input.exposure,
      covariances: {
        accuracyLatency: accuracyLatency * scale.accuracy,
        accuracyErrors: accuracyErrors * scale.accuracy * scale.errors,
        latencyErrors: latencyErrors * scale.errors,
      },
    },
    warnings,
  };
}
