import { css, cx } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { formatAge } from '../../../calc/notation';
import type { UpliftMeta } from '../../../contract/frames';
import { frameNamed, numberAt, textAt } from '../../shared/frames';
import { writeInstant } from '../../shared/instants';
import { PanelHead } from '../../shared/PanelHead';
import { WrongFrames } from './WrongFrames';

/** Field, label, and the label where a line has to hold both. */
const TEXTS = [
  ['environment', 'Environment', 'Environment'],
  ['deployment_type', 'Deployment type', 'Type'],
  ['deployment_mode', 'Deployment mode', 'Mode'],
  ['problem_type', 'Problem type', 'Problem'],
  ['version', 'Version', 'Version'],
] as const;

/** Below this width each fact is one line, so that all of them are seen without scrolling, px. */
const LINES_BELOW = 800;
/** Below this one there are two columns of them, with the short labels, px. */
const SHORT_BELOW = 480;

interface FactsViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  width: number;
  timeZone: TimeZone;
  now: number;
}

/** What is deployed, in one row: the version seen last; where the answer holds several, each fact's other values follow. */
export function FactsView({ series, meta, width, timeZone, now }: FactsViewProps) {
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
    ...TEXTS.map(([field, label, short]) => ({ label, short, all: values(field) })),
    {
      label: 'First seen',
      short: 'First seen',
      all: Number.isFinite(first) ? [writeInstant(first, now, timeZone, false)] : [],
    },
    {
      label: 'Last seen',
      short: 'Last seen',
      all: Number.isFinite(last) ? [`${formatAge(Math.max(0, now - last) / 1000)} ago`] : [],
    },
  ];
  const isInLines = width < LINES_BELOW;
  const isShort = width < SHORT_BELOW;
  return (
    <div className={cx(styles.view, isInLines && styles.close)} tabIndex={0}>
      <PanelHead facts={[...values('model'), ...values('variant')]} provenance={meta?.provenance} now={now} />
      <dl className={isInLines ? cx(styles.lines, isShort && styles.two) : styles.facts}>
        {facts.map(({ label, short, all: [value = '–', ...others] }) => (
          <div key={label} className={isInLines ? styles.line : styles.fact}>
            <dt className={styles.label}>{isShort && short !== label ? <abbr title={label}>{short}</abbr> : label}</dt>
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
  close: css({ gap: 4 }),
  lines: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    columnGap: 12,
    margin: 0,
    '& dt, & dd': { fontSize: 12, lineHeight: '16px' },
    '& dt': { flex: 'none' },
    '& abbr': { textDecoration: 'none', border: 0, cursor: 'inherit' },
  }),
  two: css({ gridTemplateColumns: 'minmax(0, 11fr) minmax(0, 9fr)' }),
  line: css({ display: 'flex', gap: 6, minWidth: 0 }),
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
