import { css, cx } from '@emotion/css';
import { formattedValueToString, FieldType, type DataFrame, type Field, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatCount, formatMoney, formatValue, MISSING } from '../../../calc/notation';
import { OVERVIEW_FIELDS, type UpliftMeta } from '../../../contract/frames';
import { frameNamed, isRecord, numberAt } from '../../shared/frames';
import { PanelHead } from '../../shared/PanelHead';
import { OVERVIEW_LABELS, type OverviewNumber } from '../../../contract/overview-labels';
import { WrongFrames } from './WrongFrames';

/** What a label is too short to say. */
const MEANINGS: Partial<Record<OverviewNumber, string>> = {
  enhanced_accuracy: 'Of the treatment that does best so far; it may be below the control’s.',
};

const FIELDS = OVERVIEW_FIELDS.filter((name): name is OverviewNumber => name !== 'data_source');

/** Written in the product's notation, unless the panel's field config says how. */
function write(name: OverviewNumber, field: Field, value: number | null): string {
  if (value === null) {
    return field.config.noValue ?? MISSING;
  }
  const isOverridden = field.config.decimals != null || (field.config.mappings?.length ?? 0) > 0;
  if (isOverridden && field.display) {
    return formattedValueToString(field.display(value));
  }
  switch (name) {
    case 'active_experiments':
    case 'total_requests_24h':
      return formatCount(value);
    case 'baseline_accuracy':
    case 'enhanced_accuracy':
      return formatValue(value / 100, 'fraction');
    case 'avg_response_time_ms':
      return formatValue(value, 'ms');
    case 'error_rate':
      return formatValue(value, 'fraction');
    case 'net_business_value':
      return formatMoney(value, currencyOf(field));
  }
}

/** The field's unit names the currency, as `currency:EUR`, `currencyEUR` or the code alone; dollars without one. */
function currencyOf(field: Field): string {
  return /[A-Z]{3}$/.exec(field.config.unit ?? '')?.[0] ?? 'USD';
}

/** What a value is marked with that nobody measured: `≈`, and a word for who asks. */
function unmeasuredState(field: Field): 'estimated' | 'simulated' | null {
  const custom: unknown = field.config.custom;
  const origin = isRecord(custom) ? custom['uplift'] : undefined;
  const state = isRecord(origin) ? origin['state'] : undefined;
  return state === 'estimated' || state === 'simulated' ? state : null;
}

/** A threshold's colour is used where the panel's author chose thresholds; every other value stays in the colour of text. */
function colourOf(field: Field, value: number | null, theme: GrafanaTheme2): string {
  const isByThreshold = field.config.color?.mode === 'thresholds' && value !== null;
  return (isByThreshold ? field.display?.(value).color : undefined) ?? theme.colors.text.maxContrast;
}

/** Below this width the numbers stand close, and below the other in lines: all of them are seen without scrolling, px. */
const CLOSE_BELOW = 900;
const LINES_BELOW = 560;

interface NumbersViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  width: number;
  height: number;
  now: number;
}

/** The live numbers in one row. */
export function NumbersView({ series, meta, width, height, now }: NumbersViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const frame = frameNamed(series, 'overview');
  if (frame === undefined) {
    return <WrongFrames view="numbers" needs="overview" queryType="overview" />;
  }
  const tiles = FIELDS.flatMap((name) => {
    const field = frame.fields.find((candidate) => candidate.name === name && candidate.type === FieldType.number);
    return field === undefined ? [] : [{ name, field, value: numberAt(frame, name, 0), state: unmeasuredState(field) }];
  });
  const isInLines = width < LINES_BELOW;
  const isClose = width < CLOSE_BELOW;
  const size = isInLines ? 12 : height >= 220 && width >= 1700 ? 40 : isClose ? 20 : 24;
  return (
    <div className={cx(styles.view, isInLines && styles.tight)} tabIndex={0}>
      <PanelHead facts={[meta?.experiment?.name ?? 'All experiments']} provenance={meta?.provenance} now={now} />
      <dl className={isInLines ? styles.lines : cx(styles.tiles, isClose && styles.close)}>
        {tiles.map(({ name, field, value, state }) => (
          <div key={name} className={isInLines ? styles.line : styles.tile}>
            <dt title={MEANINGS[name]}>{field.config.displayName ?? OVERVIEW_LABELS[name]}</dt>
            <dd>
              <span
                className={state === null ? undefined : styles.unmeasured}
                style={{ fontSize: size, color: colourOf(field, value, theme) }}
              >
                {value !== null && state !== null && '≈\u00a0'}
                {write(name, field, value)}
              </span>
              {value !== null && state !== null && <span className={styles.why}>{state}</span>}
              {value === null && <span className={styles.why}>no data</span>}
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
  tight: css({ gap: 4 }),
  tiles: css({
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(0, 1fr)',
    columnGap: 24,
    margin: 'auto 0',
    fontVariantNumeric: 'tabular-nums',
  }),
  // As wide as their words, the spare width between them.
  close: css({
    gridAutoColumns: 'auto',
    justifyContent: 'space-between',
    columnGap: 8,
    '& dt': { fontSize: 11 },
  }),
  lines: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    columnGap: 16,
    margin: 0,
    lineHeight: '16px',
    fontVariantNumeric: 'tabular-nums',
  }),
  line: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: 6,
    minWidth: 0,
    '& dt, & dd': { lineHeight: '16px' },
    '& dt': { fontSize: 11, fontWeight: 400, color: theme.colors.text.secondary, whiteSpace: 'nowrap' },
    '& dd': { margin: 0, fontSize: 12, fontWeight: 500, whiteSpace: 'nowrap' },
    // Beside the value “≈” and “–” say it; the word is left to wider panels.
    '& dd > span + span': { display: 'none' },
  }),
  tile: css({
    minWidth: 0,
    '& dt': {
      fontSize: 12,
      fontWeight: 400,
      color: theme.colors.text.secondary,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    '& dd': { margin: 0, lineHeight: 1.3, fontWeight: 500, whiteSpace: 'nowrap' },
  }),
  unmeasured: css({ fontStyle: 'italic' }),
  why: css({ display: 'block', fontSize: 11, color: theme.colors.text.secondary }),
});
