/**
 * Two tests in which everything happens that an alert rule waits for, and passes again. They are not part of the demo that
 * people look at; the tests of the rules ask for them.
 */
import type { Scenario, SeededExperiment, SeededVariant, Truth } from './seeded';
import { alignDown, DAY, HOUR, iso } from './time';

const LENGTH = 72 * HOUR;

const TRUTH: Truth = {
  accuracy: { US: 0.8 },
  errorRate: 0.01,
  latency: { medianMs: 40, sigma: 0.4 },
  revenue: { conversion: 0.02, basket: 5 },
  prediction: { mean: 0.5, sd: 0.2 },
};

/** When each thing happens, in ms after the start. */
export const DRILL = {
  /** The challenger is better until then, worse until `worseUntil`, and better again: the cumulative lift turns twice. */
  betterUntil: 12 * HOUR,
  worseUntil: 36 * HOUR,
  /** Half of the challenger's requests fail and the rest are slow; afterwards none fail. */
  incident: { from: 20 * HOUR, to: 22 * HOUR },
  drift: { from: 24 * HOUR, to: 50 * HOUR },
  /** A third of one arm's requests are lost; a day later, at the same hours, of the other's. */
  lossOfChallenger: { from: 0, to: 6 * HOUR },
  lossOfIncumbent: { from: 24 * HOUR, to: 30 * HOUR },
} as const;

function drill(
  id: string,
  name: string,
  start: number,
  variants: Pick<SeededVariant, 'name' | 'role' | 'episodes'>[],
  own: Pick<SeededExperiment, 'driftFrom' | 'driftUntil'>,
): SeededExperiment {
  const names = variants.map((variant, index) => ({
    ...variant,
    modelName: `${id}-${variant.name}`,
    versions: [{ version: String(index + 1), from: 0 }],
  }));
  return {
    id,
    name,
    owner: 'on-call',
    registeredModel: id,
    problemType: 'classification',
    requestsPerDay: 24_000,
    regions: { US: 1 },
    instances: [`${id}-1`],
    variants: names.map((variant) => ({ ...variant, truth: TRUTH, lost: 0 })),
    firstRequest: start,
    start,
    phases: [{ from: start, shares: Object.fromEntries(names.map((variant) => [variant.name, 1 / names.length])) }],
    labelCoverage: 0.5,
    mirrored: 0,
    ...own,
    definition: {
      id,
      name,
      owner: 'on-call',
      control: 'incumbent',
      variants: names.map((variant) => ({
        name: variant.name,
        role: variant.role,
        alias: { prometheus: variant.modelName },
      })),
      start: iso(start),
      split: Object.fromEntries(names.map((variant) => [variant.name, 50])),
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.01 },
        { id: 'latency_p95_ms', role: 'guardrail', margin: 40 },
      ],
      plannedTotal: 100_000,
    },
  };
}

/** `drill-incident` turns, breaks and drifts; `drill-split` loses traffic. */
export function alertDrills(now: number): SeededExperiment[] {
  // At midnight, so that each thing happens at the same busy or quiet hour whenever the drill is laid out.
  const start = alignDown(now, DAY) - LENGTH;
  const span = ({ from, to }: { from: number; to: number }) => ({ from: start + from, to: start + to });
  const better = { accuracy: { US: 0.92 } };
  const worse = { accuracy: { US: 0.68 } };
  const broken = { errorRate: 0.5, latency: { medianMs: 160, sigma: 0.4 } };
  const unbroken = { errorRate: 0 };
  const { betterUntil, worseUntil, incident, drift, lossOfChallenger, lossOfIncumbent } = DRILL;
  return [
    drill(
      'drill-incident',
      'Drill: incident',
      start,
      [
        { name: 'incumbent', role: 'control' },
        {
          name: 'challenger',
          role: 'treatment',
          episodes: [
            { ...span({ from: 0, to: betterUntil }), truth: better },
            { ...span({ from: betterUntil, to: incident.from }), truth: worse },
            { ...span(incident), truth: { ...worse, ...broken } },
            { ...span({ from: incident.to, to: worseUntil }), truth: { ...worse, ...unbroken } },
            { from: start + worseUntil, to: Infinity, truth: { ...better, ...unbroken } },
          ],
        },
      ],
      { driftFrom: start + drift.from, driftUntil: start + drift.to },
    ),
    drill(
      'drill-split',
      'Drill: split',
      start,
      [
        { name: 'incumbent', role: 'control', episodes: [{ ...span(lossOfIncumbent), truth: {}, lost: 1 / 3 }] },
        { name: 'challenger', role: 'treatment', episodes: [{ ...span(lossOfChallenger), truth: {}, lost: 1 / 3 }] },
      ],
      { driftFrom: null },
    ),
  ];
}

/** The scenario with the drills beside its own tests. */
export const withDrills = (scenario: Scenario): Scenario => ({
  ...scenario,
  experiments: [...scenario.experiments, ...alertDrills(scenario.now)],
});
