/** The analysis read aloud: what `calc/headline` needs to know of it. */
import type { Headline, HeadlineRow } from '../../src/calc/headline';
import { composeHeadline } from '../../src/calc/headline';
import type { Analysis } from './analysis';
import type { ComparedRow } from './compare';

/** The sentence of an experiment. Shadows take no part: they see copies of the traffic and cannot win. */
export function headlineOf(analysis: Analysis): Headline {
  const { experiment, window, comparisons, split } = analysis;
  const shadows = new Set(experiment.variants.filter(({ role }) => role === 'shadow').map(({ name }) => name));
  return composeHeadline({
    control: experiment.control,
    alpha: experiment.alpha,
    rows: comparisons.filter(({ variant }) => !shadows.has(variant)).map((row) => rowOf(row, analysis)),
    split,
    since: window.anchored ? describeInstant(window.from, experiment.timeZone) : null,
  });
}

function rowOf(row: ComparedRow, { evidence, provenance, freshness }: Analysis): HeadlineRow {
  const reading = evidence.readings.find(({ source }) => source === row.source);
  const isStale = reading?.state === 'stale' && reading.asOf !== null;
  return {
    variant: row.variant,
    label: row.metric.label,
    unit: row.metric.unit,
    counted: row.metric.id === 'accuracy' ? 'labelled answers' : 'requests',
    stale:
      isStale && reading.asOf !== null
        ? { ageSeconds: (provenance.answeredAt - reading.asOf) / 1000, limitSeconds: freshness[reading.source] }
        : undefined,
    comparison: row.comparison,
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a millisecond, using one a microsecond. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) {
    return known;
  }
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** `1 Sep 09:00`, in the experiment's own time zone. */
const describeInstant = (instant: number, timeZone: string): string =>
  formatterOf(timeZone).format(instant).replace(',', '');
