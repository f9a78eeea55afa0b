/**
 * How far the inputs of a deployed model have moved from its training data, as its (imagined) drift job reports it:
 * PSI over the last day by feature. A stationary level with noise, then, from the seeded instant on, a rise over one day.
 */
import type { SeededExperiment } from '../scenario';
import type { Random } from '../traffic/random';

export const DRIFT_THRESHOLD = 0.25;
export const WHOLE_MODEL = '__all__';

/** The drift window; a shift shows in full once the window lies behind it entirely. */
const WINDOW = 24 * 3_600_000;
const NOISE = 0.04;

const FEATURES = [
  { feature: WHOLE_MODEL, level: 0.07, shift: 0.085 },
  { feature: 'basket_value', level: 0.05, shift: 0.264 },
  { feature: 'country', level: 0.04, shift: 0.156 },
  { feature: 'session_minutes', level: 0.045, shift: 0.09 },
  { feature: 'hour_of_day', level: 0.06, shift: 0 },
  { feature: 'device', level: 0.04, shift: 0 },
  { feature: 'days_since_visit', level: 0.03, shift: 0 },
  { feature: 'items_viewed', level: 0.03, shift: 0 },
  { feature: 'tenure_months', level: 0.02, shift: 0 },
];

export interface DriftReading {
  feature: string;
  psi: number;
}

export function measureDrift(experiment: SeededExperiment, instant: number, random: Random): DriftReading[] {
  const { driftFrom, driftUntil = Infinity } = experiment;
  const isMoved = driftFrom !== null && driftFrom <= instant && instant < driftUntil;
  const risen = isMoved ? Math.min(1, (instant - driftFrom) / WINDOW) : 0;
  return FEATURES.map(({ feature, level, shift }) => ({
    feature,
    psi: level * (1 + NOISE * (2 * random() - 1)) + shift * risen,
  }));
}
