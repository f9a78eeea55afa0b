/** A sound, decided test with the seed's five parameters: what the tests of impact vary. */
import type { MeasuredDifference } from './difference';
import type { Impact, ImpactInput } from './impact';
import { estimateImpact } from './estimate-impact';
import type { ImpactEvidence } from './evidence';
import type { BusinessParameters } from './parameters';
import { isImpactRefusal } from './refusal';

export const SEED_PARAMETERS: BusinessParameters = {
  baseVolume: 10_000_000,
  revenueMultiplier: 0.005,
  costPerMs: 0.0001,
  costPerError: 50,
  infrastructure: 53_000,
  servingCost: 0,
  multiplierCv: 0,
  currency: 'USD',
};

const SOUND_EVIDENCE: ImpactEvidence = {
  verdicts: { accuracy: 'winner', latency: 'inconclusive', errors: 'inconclusive' },
  srm: 'ok',
  failedChecks: [],
  calibration: 'ok',
  brokenGuardrails: [],
  fullDays: 14,
  daysLeft: 0,
};

export function difference(control: number, treatment: number, se: number | null = 0): MeasuredDifference {
  const variance = se === null ? null : se ** 2;
  return { control, treatment, difference: treatment - control, variance, state: 'measured' };
}

type Overrides = Partial<Omit<ImpactInput, 'parameters' | 'evidence'>> & {
  parameters?: Partial<BusinessParameters>;
  evidence?: Partial<ImpactEvidence>;
};

/** The seed's sample: accuracies that round to 78.2 % and 81.8 %, 47,892 requests a day. */
export function sampleInput({ parameters, evidence, ...rest }: Overrides = {}): ImpactInput {
  return {
    accuracy: difference(0.78158, 0.81842658, 0.004),
    accuracyOrigin: 'online',
    latency: difference(45, 61.549736, 1),
    errors: difference(0.0008, 0.0007517406, 0.00001),
    requestsPerDay: 23_946,
    requestsState: 'measured',
    exposure: 0.5,
    days: 14,
    ...rest,
    parameters: { ...SEED_PARAMETERS, ...parameters },
    evidence: { ...SOUND_EVIDENCE, ...evidence },
  };
}

/** The impact of an input that must not be refused. */
export function impactOf(overrides: Overrides = {}): Impact {
  const impact = estimateImpact(sampleInput(overrides));
  if (isImpactRefusal(impact)) {
    throw new Error(`refused: ${impact.message}`);
  }
  return impact;
}
