import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2, useTheme2 } from '@grafana/ui';
import { formatCount, formatInterval, formatLift, formatPValue } from '../../calc/notation';
import { nameStore, type Failure } from '../../contract/failure';
import type { CheckStatus, MetricMeta, UpliftMeta, WorstSegment } from '../../contract/frames';
import { documentationLink } from '../shared/documentation';
import { Glyph } from '../shared/Glyph';
import { SOURCE_LABELS } from '../../calc/provenance';
import { toneColours } from '../shared/tone';
import type { CheckResult } from './answer';
import { CHECK_LOOKS } from './check-looks';
import { checkWords } from './check-words';
import type { Layout } from './layout';

interface FooterItemProps {
  status: CheckStatus;
  words: string;
  /** Kept whole where the words have to give way. */
  figure?: string;
  detail?: string;
  tooltip?: string | undefined;
}

function FooterItem({ status, words, figure = '', detail = '', tooltip }: FooterItemProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { glyph, tone } = CHECK_LOOKS[status];
  const colour = toneColours(theme, tone).text;
  const item = (
    <span className={styles.item} tabIndex={tooltip === undefined ? undefined : 0}>
      <Glyph name={glyph} size={13} colour={colour} />
      <span
        style={{ color: status === 'failed' ? colour : status === 'unknown' ? theme.colors.text.secondary : undefined }}
      >
        {/* The space is for those who hear it. */}
        {figure === '' ? words : `${words} `}
      </span>
      {figure !== '' && <span className={styles.whole}>{figure}</span>}
      {detail !== '' && <span className={cx(styles.muted, styles.whole)}>{detail}</span>}
    </span>
  );
  return tooltip === undefined ? item : <Tooltip content={tooltip}>{item}</Tooltip>;
}

/** `isShort`: where a line has to hold it, its detail is left to the tooltip. */
function CheckItem({ check, isShort = false }: { check: CheckResult; isShort?: boolean }) {
  const { words, detail } = checkWords(check);
  const p = check.pValue === null ? '' : `, p ${formatPValue(check.pValue)}`;
  return (
    <FooterItem status={check.status} words={words} detail={isShort ? '' : detail} tooltip={`${check.message}${p}`} />
  );
}

function FailureItem({ failure: { source, message, fix } }: { failure: Failure }) {
  const words = source === undefined ? message : nameStore(SOURCE_LABELS[source], message);
  return <FooterItem status="warning" words={words} tooltip={fix} />;
}

function worstWords(worst: WorstSegment, metrics: readonly MetricMeta[]) {
  const metric = metrics.find(({ id }) => id === worst.metric);
  const unit = metric?.unit ?? 'plain';
  const lift = formatLift(worst.lift, worst, unit);
  const adjusted = worst.segments > 1 ? `, adjusted for ${worst.segments} segments` : '';
  return {
    words: `Worse on ${worst.dimension}=${worst.segment}`,
    lift,
    detail: `(${formatInterval(worst, unit)}${adjusted}) · n\u00a0${formatCount(worst.n)}`,
  };
}

function Legend({ alpha }: { alpha: number }) {
  const styles = useStyles2(getStyles);
  const { mark } = toneColours(useTheme2(), 'neutral');
  return (
    <span className={styles.legend}>
      <svg width={34} height={10} viewBox="0 0 34 10" aria-hidden="true">
        <path d="M1 5h32M1 1v8M33 1v8" stroke={mark} strokeWidth={1.5} fill="none" />
        <rect x={8} y={1} width={18} height={8} rx={2} fill={mark} />
      </svg>
      {`thick: fixed ${Number(((1 - alpha) * 100).toPrecision(4))}\u00a0% · thin: sequential · each row to its own scale · `}
      <a href={documentationLink('in-one-minute')} target="_blank" rel="noreferrer">
        how to read
      </a>
    </span>
  );
}

function Progress({ share, daysLeft }: { share: number; daysLeft: number | null }) {
  const styles = useStyles2(getStyles);
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  const days = daysLeft === null ? '' : `, about ${Math.ceil(daysLeft)} days to go`;
  return (
    <span className={styles.progress}>
      <span
        className={styles.track}
        role="progressbar"
        aria-valuenow={percent}
        aria-label={`${percent} % of sample${days}`}
      >
        <span style={{ width: `${percent}%` }} />
      </span>
      {`${percent}\u00a0% of sample`}
    </span>
  );
}

interface FooterProps {
  checks: readonly CheckResult[];
  meta: UpliftMeta | undefined;
  layout: Layout;
}

/** What stands between the numbers and a decision: checks, sources that failed, the worst segment; and how to read the bars. */
export function Footer({ checks, meta, layout }: FooterProps) {
  const styles = useStyles2(getStyles);
  const worst = meta?.worstSegment && worstWords(meta.worstSegment, meta.experiment?.metrics ?? []);
  const failures = meta?.failures ?? [];
  const passed = checks.filter((check) => check.status === 'ok');
  if (layout !== 'wide' && checks.length === 0 && failures.length === 0 && !worst) {
    // Nothing to say: no line for nothing.
    return null;
  }
  if (layout === 'narrow') {
    const graver = (['failed', 'warning', 'unknown'] as const).flatMap((status) => checks.filter((check) => check.status === status)); // prettier-ignore
    const [gravest] = graver;
    const [failure] = failures;
    return (
      <div className={styles.footer}>
        <div className={styles.items}>
          {passed.length > 0 && (
            <FooterItem status="ok" words={`${passed.length} ${passed.length === 1 ? 'check' : 'checks'}`} />
          )}
          {gravest?.status === 'failed' ? (
            <CheckItem check={gravest} isShort />
          ) : worst ? (
            <FooterItem status="warning" words={worst.words} tooltip={`${worst.lift} ${worst.detail}`} />
          ) : failure ? (
            <FailureItem failure={failure} />
          ) : (
            gravest && <CheckItem check={gravest} isShort />
          )}
        </div>
      </div>
    );
  }
  const isEarly = meta?.headline?.tone === 'early' && meta.progress !== undefined;
  return (
    <div className={styles.footer}>
      <div className={styles.items}>
        {checks.map((check) => (
          <CheckItem key={check.check} check={check} />
        ))}
        {failures.map((failure) => (
          <FailureItem key={`${failure.source ?? ''} ${failure.message}`} failure={failure} />
        ))}
        {worst && (
          <span className={styles.worst}>
            <FooterItem status="warning" words={worst.words} figure={worst.lift} detail={worst.detail} />
          </span>
        )}
      </div>
      {isEarly && meta.progress ? (
        <Progress share={meta.progress.share} daysLeft={meta.progress.daysLeft} />
      ) : (
        layout === 'wide' && <Legend alpha={meta?.experiment?.alpha ?? 0.05} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  footer: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: 24,
    paddingTop: 8,
    borderTop: `1px solid ${theme.colors.border.weak}`,
    fontSize: 12,
    lineHeight: '20px',
    fontVariantNumeric: 'tabular-nums',
  }),
  items: css({ display: 'flex', flexWrap: 'wrap', columnGap: 24, rowGap: 6, minWidth: 0 }),
  item: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    minWidth: 0,
    maxWidth: '100%',
    whiteSpace: 'nowrap',
    '& > span': { overflow: 'hidden', textOverflow: 'ellipsis' },
    '& > svg': { flex: 'none' },
  }),
  whole: css({ flex: 'none' }),
  worst: css({
    display: 'inline-flex',
    minWidth: 0,
    maxWidth: '100%',
    fontWeight: 500,
    '& span span + span + span': { fontWeight: 400 },
  }),
  muted: css({ color: theme.colors.text.secondary }),
  legend: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    flex: 'none',
    fontSize: 11,
    color: theme.colors.text.secondary,
    '& a': { color: 'inherit', textDecoration: 'underline' },
  }),
  progress: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 8,
    flex: 'none',
    color: theme.colors.text.secondary,
  }),
  track: css({
    display: 'inline-block',
    width: 100,
    height: 4,
    borderRadius: 2,
    background: theme.colors.border.medium,
    '& > span': {
      display: 'block',
      height: 4,
      borderRadius: 2,
      background: theme.visualization.getColorByName('blue'),
    },
  }),
});
