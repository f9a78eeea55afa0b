/** The panel's first line: which test, since when, with which split, and what its numbers rest on. */
import type { TimeZone } from '@grafana/schema';
import { formatCount, formatSplit } from '../../calc/notation';
import type { Provenance } from '../../calc/provenance';
import type { ExperimentMeta } from '../../contract/frames';
import type { Unit } from '../../contract/experiment';
import { dayOf, writeInstant } from '../shared/instants';
import { SOURCE_LABELS } from '../../calc/provenance';
import type { Layout } from './layout';

function unitWords(unit: Unit, bucketSeconds: number | undefined): string {
  switch (unit) {
    case 'time-buckets':
      return bucketSeconds === undefined ? 'unit: time buckets' : `unit: ${bucketWords(bucketSeconds)} buckets`;
    case 'requests':
      return 'assumes independent requests';
    case 'users':
      return 'unit: users';
    case 'runs':
      return 'unit: runs';
  }
}

function bucketWords(seconds: number): string {
  if (seconds % 3600 === 0) {
    return `${seconds / 3600}-h`;
  }
  return seconds % 60 === 0 ? `${seconds / 60}-min` : `${seconds}-s`;
}

/** The phase that is on at `now`: its number and split, control first. */
function currentPhase({ phases, variants }: ExperimentMeta, now: number) {
  const begun = phases.filter((phase) => Date.parse(phase.from) <= now);
  const phase = begun[begun.length - 1];
  if (phase === undefined) {
    return null;
  }
  const shares = variants.flatMap(({ name }) => phase.split[name] ?? []);
  return { number: begun.length, split: formatSplit(shares), since: Date.parse(phase.from) };
}

/** `1 Sep 09:00 → now`, or that the start is not known. */
export function windowWords({ start, end }: ExperimentMeta, now: number, timeZone: TimeZone): string {
  if (start === null) {
    return 'no known start';
  }
  const until = end !== null && end <= now ? writeInstant(end, now, timeZone) : 'now';
  return `${writeInstant(start, now, timeZone)} → ${until}`;
}

/** When MLflow alone answers, or a source does not: said first, because it explains every number below. */
function sourceFacts({ level, sources }: Provenance): string[] {
  const down = sources
    .filter((reading) => reading.state === 'down')
    .map((reading) => `${SOURCE_LABELS[reading.source]} not reachable`);
  // A kept answer of MLflow's stands in for a store that is away itself.
  const isAnswering = sources.some(({ source, state }) => source === 'mlflow' && state !== 'down');
  return level === 'model' && isAnswering ? ['MLflow only', ...down] : down;
}

/** The facts of a test, the most important first, as many as the layout has room for. */
export function testFacts(
  experiment: ExperimentMeta,
  provenance: Provenance,
  now: number,
  timeZone: TimeZone,
  layout: Layout,
): string[] {
  const until = experiment.end !== null && experiment.end < now ? experiment.end : now;
  const day = experiment.start === null ? [] : [`day ${dayOf(experiment.start, until)}`];
  const phase = currentPhase(experiment, now);
  const split = phase === null ? [] : [phase.split];
  switch (layout) {
    case 'wide': {
      const long =
        phase === null
          ? []
          : [
              experiment.phases.length > 1
                ? `phase ${phase.number} of ${experiment.phases.length}, ${phase.split} since ${writeInstant(phase.since, now, timeZone, false)}`
                : phase.split,
            ];
      const plan = [unitWords(experiment.unit, experiment.bucketSeconds), `tuned for ${formatCount(experiment.plannedTotal)}`]; // prettier-ignore
      return [windowWords(experiment, now, timeZone), ...day, ...sourceFacts(provenance), ...long, ...plan];
    }
    case 'medium':
      return provenance.level === 'model'
        ? sourceFacts(provenance)
        : [windowWords(experiment, now, timeZone), ...day, ...split, ...sourceFacts(provenance)];
    case 'narrow':
    case 'tile':
      return provenance.level === 'model' ? ['MLflow only'] : [...day, ...split];
  }
}
