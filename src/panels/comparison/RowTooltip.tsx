import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import {
  formatAge,
  formatCount,
  formatInterval,
  formatLift,
  formatProbability,
  formatPValue,
} from '../../calc/notation';
import type { Provenance } from '../../calc/provenance';
import { documentationLink } from '../shared/documentation';
import { SOURCE_LABELS } from '../../calc/provenance';
import { STATE_WORDS } from '../shared/SourceMark';
import { Swatch } from '../shared/Swatch';
import type { VariantMark } from '../shared/variant-marks';
import { isSourceName, type ComparisonRow } from './answer';
import { isMissing } from './chip';
import { metricSubtitle, wordsOf } from './row-words';

interface RowTooltipProps {
  row: ComparisonRow;
  provenance: Provenance | undefined;
  marks: ReadonlyMap<string, VariantMark>;
  alpha: number;
  now: number;
}

type Line = { label: string; words: string };

function liftLines(row: ComparisonRow, alpha: number): Line[] {
  const { unit } = row.metric;
  const confidence = `${Number(((1 - alpha) * 100).toPrecision(4))}\u00a0%`;
  const tuned = row.tunedFor === null ? '' : `, tuned for ${formatCount(row.tunedFor)}`;
  const relative = row.liftRelative === null ? '' : ` (${formatLift(row.liftRelative, null, unit, 'relative')})`;
  const lines: Array<Line | false> = [
    { label: 'Lift', words: `${formatLift(row.lift, row.fixed, unit)}${relative}` },
    { label: `Fixed ${confidence}`, words: formatInterval(row.fixed, unit, { withUnit: true }) },
    row.sequential !== null && {
      label: `Sequential ${confidence}`,
      words: formatInterval(row.sequential, unit, { withUnit: true }),
    },
    { label: 'p, one look', words: formatPValue(row.pValue) },
    row.pAdjusted !== null && { label: 'p, adjusted', words: formatPValue(row.pAdjusted) },
    row.sequentialP !== null && { label: 'p, any look', words: `${formatPValue(row.sequentialP)}${tuned}` },
    { label: 'Chance to win', words: formatProbability(row.chanceToWin) },
    row.chanceWithinMargin !== null && { label: 'Within margin', words: formatProbability(row.chanceWithinMargin) },
    row.expectedLoss !== null &&
      row.expectedLoss > 0 && {
        label: 'Expected loss',
        words: formatLift(row.expectedLoss, null, unit).replace('+', ''),
      },
    row.daysLeft !== null &&
      row.daysLeft > 0 && { label: 'To decide', words: `about ${Math.ceil(row.daysLeft)} more days` },
  ];
  return lines.filter((line) => line !== false);
}

/** The margin and how far the estimate is from it, towards harm. */
function marginLines(row: ComparisonRow, margin: string | null): Line[] {
  if (margin === null || row.metric.margin === undefined) {
    return [];
  }
  const harm = row.lift === null ? null : row.metric.direction === 'lower' ? row.lift : -row.lift;
  const left = harm === null ? null : row.metric.margin - harm;
  const distance = left === null ? '' : left < 0 ? ', crossed' : `, ${formatLift(left, row.fixed, row.metric.unit).replace('+', '')} away`; // prettier-ignore
  return [
    { label: 'Margin', words: `${margin}${distance}` },
    ...(row.harmBound === null ? [] : [{ label: 'Worst plausible', words: formatLift(row.harmBound, row.fixed, row.metric.unit) }]),
  ]; // prettier-ignore
}

function sourceLines(row: ComparisonRow, provenance: Provenance | undefined, now: number): Line[] {
  const { source } = row;
  if (!isSourceName(source)) {
    return [{ label: 'Source', words: `${source ?? 'none'} · ${STATE_WORDS[row.state]}` }];
  }
  const reading = provenance?.sources.find((candidate) => candidate.source === source);
  const asOf = reading?.asOf == null ? '' : `, ${formatAge((now - reading.asOf) / 1000)} old`;
  return [{ label: 'Source', words: `${SOURCE_LABELS[source]}, ${reading?.endpoint ?? 'primary'}${asOf} · ${STATE_WORDS[row.state]}` }]; // prettier-ignore
}

/** Everything known of a comparison, always in this order: values, lift, intervals, p, chance, margin, source, reasons. */
export function RowTooltip({ row, provenance, marks, alpha, now }: RowTooltipProps) {
  const styles = useStyles2(getStyles);
  const words = wordsOf(row);
  const lines = [...(words.withheld === null ? liftLines(row, alpha) : []), ...marginLines(row, words.margin), ...sourceLines(row, provenance, now)]; // prettier-ignore
  const variants = [
    { name: row.control, value: words.valueControl, n: isMissing(row) ? null : row.nControl },
    { name: row.variant, value: words.valueVariant, n: isMissing(row) ? null : row.nVariant },
  ];
  return (
    <div className={styles.card}>
      <div className={styles.title}>{row.metric.label}</div>
      <div className={styles.muted}>{metricSubtitle(row.metric)}</div>
      <div className={styles.lines}>
        {variants.map(({ name, value, n }) => {
          const mark = marks.get(name);
          return (
            <div key={name}>
              <span className={styles.variant}>
                {mark && <Swatch mark={mark} />}
                {name}
              </span>
              <span>
                {words.mark}
                {value} <span className={styles.muted}>n {formatCount(n)}</span>
              </span>
            </div>
          );
        })}
        {lines.map((line) => (
          <div key={line.label}>
            <span className={styles.muted}>{line.label}</span>
            <span>{line.words}</span>
          </div>
        ))}
      </div>
      {row.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {row.reasons.map((reason) => (
            <li key={reason.code}>{reason.words}</li>
          ))}
        </ul>
      )}
      <a
        className={styles.link}
        href={documentationLink(row.metric.role === 'guardrail' ? 'guardrails' : 'comparison')}
        target="_blank"
        rel="noreferrer"
      >
        What these numbers mean
      </a>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({ minWidth: 260, maxWidth: 360, fontSize: 12, lineHeight: '18px', fontVariantNumeric: 'tabular-nums' }),
  title: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
  muted: css({ color: theme.colors.text.secondary }),
  variant: css({ display: 'inline-flex', alignItems: 'center', gap: 6 }),
  lines: css({
    marginTop: 6,
    paddingTop: 6,
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '& > div': { display: 'flex', justifyContent: 'space-between', gap: 16 },
    '& > div > span:last-of-type': { textAlign: 'right' },
  }),
  reasons: css({ margin: '6px 0 0', padding: '6px 0 0 14px', borderTop: `1px solid ${theme.colors.border.weak}` }),
  link: css({ display: 'inline-block', marginTop: 6, color: theme.colors.text.link }),
});
