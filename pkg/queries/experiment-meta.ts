/** What the frames of an analysis say of themselves, beside their numbers. */
import type { UpliftMeta } from '../../src/contract/frames';
import type { Analysis } from '../experiment/analysis';
import { progressOf } from '../experiment/progress';
import { headlineOf } from '../experiment/headline';
import { experimentMeta } from '../experiment/meta';
import { noticeOf } from '../experiment/provenance';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import { evaluationsStandIn, trafficStandIn } from '../experiment/stand-in';
import type { FrameMeta, Notice } from '../sdk/frame';

/** What every frame of an analysis says of itself. */
export function metaOf(analysis: Analysis, frame: string, own: Partial<UpliftMeta> = {}): FrameMeta {
  const { evidence } = analysis;
  const uplift: UpliftMeta = { frame, ...sharedMeta(analysis), ...own };
  const executed = [...(evidence.evaluations?.executed ?? []), ...(evidence.ledger?.executed ?? [])];
  return { type: 'table', executedQueryString: executed.join('\n'), custom: { uplift } };
}

type SharedMeta = Omit<UpliftMeta, 'frame'>;

const shared = new WeakMap<Analysis, SharedMeta>();

/** Alike in all frames of one analysis. */
function sharedMeta(analysis: Analysis): SharedMeta {
  const known = shared.get(analysis);
  if (known) {
    return known;
  }
  const { experiment, metrics, unit, bucketMs, provenance, failures } = analysis;
  const meta: SharedMeta = {
    provenance,
    experiment: experimentMeta(experiment, metrics, unit, unit === 'time-buckets' ? bucketMs : null),
    headline: headlineOf(analysis),
    progress: progressOf(analysis),
    failures,
  };
  shared.set(analysis, meta);
  return meta;
}

/** Partial failures, stand-ins and oddities, in words, beside the data. */
export function noticesOf({ experiment, evidence, failures, window, provenance }: Analysis): Notice[] {
  const notices: Notice[] = failures.map(noticeOf);
  const warn = (text: string) => notices.push({ severity: 'warning', text });
  if (!window.anchored) {
    warn(
      experiment.start === null
        ? `“${experiment.id}” has no known start: numbers describe the dashboard’s range, and there is no verdict. Set start in the definition.`
        : 'The dashboard’s range is shown, not the test window: the numbers are descriptive.',
    );
  }
  if (experiment.variants.length < 2) {
    warn(`“${experiment.id}” has one variant only: there is nothing to compare. Add a treatment to its variants.`);
  }
  const { ledger, evaluations } = evidence;
  if (ledger && ledger.unmapped.length > 0) {
    warn(`Not mapped to a variant in ${ledger.source}: ${ledger.unmapped.join(', ')}. Add an alias to the definition.`);
  }
  for (const reading of evidence.readings) {
    const isSaid = failures.some(({ source }) => source === reading.source);
    if (reading.state === 'empty' && !isSaid) {
      const where = reading.endpoint === 'primary' ? '' : ` (${reading.endpoint})`;
      const label = SOURCE_LABELS[reading.source];
      warn(
        `${label}${where}: ${reading.reason ?? 'nothing'}. Check the experiment’s alias for ${label} and mapping.${reading.source}.`,
      );
    }
  }
  const counts = trafficStandIn(evidence, provenance.answeredAt);
  if (counts !== null) {
    warn(`Operational counts are ${counts}: no verdict rests on them.`);
  }
  const offline = evaluationsStandIn(evidence, provenance.answeredAt);
  if (offline !== null) {
    warn(`MLflow’s metrics are ${offline}.`);
  }
  if (evidence.ledgerState === 'simulated') {
    warn('All numbers are simulated, because no source answered: they show what Uplift looks like, and nothing else.');
  }
  const said = [...(ledger?.warnings ?? []), ...(evaluations?.warnings ?? []), ...evidence.warnings];
  for (const text of new Set(said)) {
    warn(text);
  }
  return notices;
}
