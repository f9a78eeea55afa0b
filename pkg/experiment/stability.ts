/** Checks that look along the test: did the split, or the version behind a variant, change without being declared? */
import { formatPValue } from '../../src/calc/notation';
import { testCounts } from '../../src/calc/stats/srm';
import type { Check } from './checks';
import { randomisedVariants } from './checks';
import type { Experiment } from './definition';
import { variantAlias } from './definition';
import type { Ledger, LedgerChunk } from './ledger';
import { phasesOf, sumStatistics } from './ledger';

/** p-value below which a day's split counts as another one; days are many, so it is strict. */
const SPLIT_THRESHOLD = 1e-6;
/** Requests of one user move together: a smaller change than this is no finding. */
const LEAST_CHANGE = 0.03;

/** A check of one ledger of one experiment: neither changes, and the next refresh asks again. */
function onceALedger(look: (experiment: Experiment, ledger: Ledger) => Check) {
  const known = new WeakMap<Ledger, { experiment: Experiment; check: Check }>();
  return (experiment: Experiment, ledger: Ledger): Check => {
    const kept = known.get(ledger);
    if (kept?.experiment === experiment) {
      return kept.check;
    }
    const check = look(experiment, ledger);
    known.set(ledger, { experiment, check });
    return check;
  };
}

/**
 * Finds an undeclared change of split: a day whose shares differ from the rest of its phase by at least 3 pp and by more
 * than chance (χ² against the phase's other days, Bonferroni-like threshold 1e-6).
 */
export function checkSplitChanged(experiment: Experiment, ledger: Ledger | null): Check {
  const check = 'split_changed';
  const variants = randomisedVariants(experiment);
  if (!ledger || variants.length < 2) {
    return {
      check,
      status: 'unknown',
      pValue: null,
      block: null,
      message: 'Split history unknown: no source counted the traffic',
    };
  }
  return compareDays(experiment, ledger);
}

const compareDays = onceALedger((experiment, ledger) => {
  const check = 'split_changed';
  const worst = phasesOf(ledger)
    .flatMap((phase) =>
      changesInPhase(
        ledger.chunks.filter((chunk) => chunk.phase === phase),
        ledger,
        experiment,
      ),
    )
    .sort((a, b) => a.pValue - b.pValue)[0];
  if (!worst) {
    return { check, status: 'ok', pValue: null, block: null, message: 'Split steady within each phase' };
  }
  const day = new Date(worst.from).toISOString().slice(0, 10);
  return {
    check,
    status: 'failed',
    pValue: worst.pValue,
    block: 'split-changed',
    message: `Split changed on ${day} without a declared phase: ${worst.words}, p ${formatPValue(worst.pValue)}`,
  };
});

interface Change {
  from: number;
  pValue: number;
  words: string;
}

function changesInPhase(chunks: readonly LedgerChunk[], ledger: Ledger, experiment: Experiment): Change[] {
  const variants = randomisedVariants(experiment);
  const countsOf = (chunk: LedgerChunk) =>
    variants.map((variant) =>
      chunk.traffic.variants
        .filter((traffic) => traffic.variant === variantAlias(variant, ledger.source))
        .reduce((sum, traffic) => sum + (traffic.totals.requests ?? 0), 0),
    );
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [phase] = chunks.map((one) => one.phase);
  const whole = variants.map((variant) => sumStatistics(ledger, variant, { phase }).counters.requests ?? 0);
  return chunks.flatMap((chunk): Change[] => {
    const counts = countsOf(chunk);
    const others = whole.map((count, index) => Math.max(0, count - (counts[index] ?? 0)));
    const n = total(counts);
    if (n === 0 || total(others) === 0) {
      return [];
    }
    const shares = others.map((count) => count / total(others));
    const change = Math.max(...shares.map((share, index) => Math.abs(share - (counts[index] ?? 0) / n)));
    const { pValue } = testCounts(
      counts,
      shares.map((share) => share * n),
    );
    if (change < LEAST_CHANGE || pValue >= SPLIT_THRESHOLD) {
      return [];
    }
    const percent = (share: number) => (share * 100).toFixed(0);
    const words = `${counts.map((count) => percent(count / n)).join('/')} against ${shares.map(percent).join('/')} on the other days`;
    return [{ from: chunk.from, pValue, words }];
  });
}

/** Share of a variant's requests a second version must have to count as deployed. */
const DEPLOYED_SHARE = 0.02;

/** Finds a version change inside a variant, from a ledger broken down by the version label. */
export function checkDeploymentChanged(experiment: Experiment, byVersion: Ledger | null): Check {
  const check = 'deployment_changed';
  if (!byVersion) {
    return {
      check,
      status: 'unknown',
      pValue: null,
      block: null,
      message: 'Deployments unknown: the traffic carries no version label',
    };
  }
  return compareVersions(experiment, byVersion);
}

const compareVersions = onceALedger((experiment, byVersion) => {
  const check = 'deployment_changed';
  const changed = experiment.variants.flatMap((variant) => {
    const versions = versionsOf(byVersion, variantAlias(variant, byVersion.source));
    return versions.length > 1 ? [`${variant.name} served versions ${versions.join(', ')}`] : [];
  });
  if (changed.length === 0) {
    return { check, status: 'ok', pValue: null, block: null, message: 'One version a variant' };
  }
  return {
    check,
    status: 'warning',
    pValue: null,
    block: 'deployment-changed',
    message: `Deployment changed: ${changed.join('; ')}`,
  };
});

function versionsOf(ledger: Ledger, alias: string): string[] {
  const requests = new Map<string, number>();
  for (const chunk of ledger.chunks) {
    for (const traffic of chunk.traffic.variants) {
      if (traffic.variant === alias && traffic.segment !== null && traffic.segment !== '') {
        requests.set(traffic.segment, (requests.get(traffic.segment) ?? 0) + (traffic.totals.requests ?? 0));
      }
    }
  }
  const total = [...requests.values()].reduce((sum, count) => sum + count, 0);
  return [...requests]
    .filter(([, count]) => count / total >= DEPLOYED_SHARE)
    .map(([version]) => version)
    .sort();
}

/** Another active test on the same served model: their effects mix. */
export function checkOverlap(experiment: Experiment, others: readonly Experiment[], now: number): Check {
  const check = 'overlap';
  const served = new Set(experiment.variants.map((variant) => variantAlias(variant, 'prometheus')));
  const overlapping = others.filter(
    (other) =>
      other.id !== experiment.id &&
      other.start !== null &&
      other.start <= now &&
      (other.end === null || now < other.end) &&
      other.variants.some((variant) => served.has(variantAlias(variant, 'prometheus'))),
  );
  if (overlapping.length === 0) {
    return { check, status: 'ok', pValue: null, block: null, message: 'No other active test on these models' };
  }
  const names = overlapping.map(({ name }) => name).join(', ');
  return { check, status: 'warning', pValue: null, block: null, message: `Overlaps with ${names}: effects may mix` };
}
