import type { UpliftMeta } from '../../contract/frames';
import { sourceLine } from './ProvenanceBadge';
import { SOURCE_LABELS } from '../../calc/provenance';
import { StateMessage, type StateAction } from './StateMessage';

interface NoDataProps {
  meta: UpliftMeta | undefined;
  now: number;
  /** The field config's “no value” text, if the dashboard's author set one. */
  noValue?: string | undefined;
  actions?: readonly StateAction[];
}

/** NO DATA: which sources were asked and what each said. Missing is not zero. */
export function NoData({ meta, now, noValue, actions = [] }: NoDataProps) {
  const failures = meta?.failures ?? [];
  const sources = meta?.provenance.sources ?? [];
  const facts = sources.map((reading) => ({
    label: SOURCE_LABELS[reading.source],
    words: sourceLine(reading, now),
    more: failures.find(({ source }) => source === reading.source)?.fix,
  }));
  const fixes = failures
    .filter((failure) => sources.every(({ source }) => source !== failure.source))
    .map(({ source, fix }) => ({ label: source === undefined ? 'Fix' : SOURCE_LABELS[source], words: fix }));
  const isOfTest = meta?.experiment !== undefined && !meta.frame.startsWith('monitor');
  const title = noValue ?? (isOfTest ? 'No data for this test window' : 'No data');
  const text = meta
    ? 'No source answered with samples for this. Missing is not zero.'
    : 'The query answered without rows. Check the query, or the time range.';
  return (
    <StateMessage
      glyph="dashed-ring"
      tone="neutral"
      title={title}
      text={text}
      facts={[...facts, ...fixes]}
      actions={actions}
    />
  );
}
