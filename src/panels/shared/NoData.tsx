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
  const facts = (meta?.provenance.sources ?? []).map((reading) => ({
    label: SOURCE_LABELS[reading.source],
    words: sourceLine(reading, now),
  }));
  const fixes = failures.map((failure) => ({
    label: failure.source === undefined ? 'Fix' : `Fix, ${SOURCE_LABELS[failure.source]}`,
    words: failure.fix,
  }));
  const title = noValue ?? (meta?.experiment ? 'No data for this test window' : 'No data');
  const text = meta
    ? 'No source answered with samples. Missing is not zero.'
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
