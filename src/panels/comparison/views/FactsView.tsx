import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { formatAge } from '../../../calc/notation';
import type { UpliftMeta } from '../../../contract/frames';
import { frameNamed, numberAt, textAt } from '../../shared/frames';
import { writeInstant } from '../../shared/instants';
import { PanelHead } from '../../shared/PanelHead';
import { WrongFrames } from './WrongFrames';

const TEXTS = [
  ['environment', 'Environment'],
  ['deployment_type', 'Deployment type'],
  ['deployment_mode', 'Deployment mode'],
  ['problem_type', 'Problem type'],
  ['version', 'Version'],
] as const;

interface FactsViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  timeZone: TimeZone;
  now: number;
}

/** What is deployed, in one row: the version seen last; where the answer holds several, each fact's other values follow. */
export function FactsView({ series, meta, timeZone, now }: FactsViewProps) {
  const styles = useStyles2(getStyles);
  const frame = frameNamed(series, 'facts');
  if (frame === undefined) {
    return <WrongFrames view="facts" needs="facts" queryType="monitor" />;
  }
  const rows = Array.from({ length: frame.length }, (_, row) => row);
  const values = (field: string) => [...new Set(rows.flatMap((row) => textAt(frame, field, row) ?? []))];
  const times = (field: string) => rows.flatMap((row) => numberAt(frame, field, row) ?? []);
  const first = Math.min(...times('first_seen'));
  const last = Math.max(...times('last_seen'));
  const facts = [
    ...TEXTS.map(([field, label]) => ({ label, all: values(field) })),
    { label: 'First seen', all: Number.isFinite(first) ? [writeInstant(first, now, timeZone, false)] : [] },
    { label: 'Last seen', all: Number.isFinite(last) ? [`${formatAge(Math.max(0, now - last) / 1000)} ago`] : [] },
  ];
  return (
    <div className={styles.view} tabIndex={0}>
      <PanelHead facts={[...values('model'), ...values('variant')]} provenance={meta?.provenance} now={now} />
      <dl className={styles.facts}>
        {facts.map(({ label, all: [value = '–', ...others] }) => (
          <div key={label} className={styles.fact}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.value} title={[value, ...others].join(', ')}>
              {value}
              {others.length > 0 && <span className={styles.label}>, {others.join(', ')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({
    display: 'flex',
    flexDirection: 'column',
    gap: 8,
    height: '100%',
    minHeight: 0,
    overflow: 'hidden auto',
  }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))',
    gap: '12px 0',
    // Each fact has a line on its left; those of the first column lie outside what is seen.
    margin: '0 0 0 -17px',
  }),
  fact: css({
    minWidth: 0,
    padding: '0 16px',
    borderLeft: `1px solid ${theme.colors.border.weak}`,
  }),
  label: css({ fontSize: 12, lineHeight: '18px', fontWeight: 400, color: theme.colors.text.secondary }),
  value: css({
    margin: 0,
    fontSize: 16,
    lineHeight: '24px',
    fontWeight: 500,
    color: theme.colors.text.maxContrast,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
});
