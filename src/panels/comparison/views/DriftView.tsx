import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { bandOf, DRIFTED_FROM, WATCH_FROM, type DriftBand } from '../../../calc/drift/psi';
import type { UpliftMeta } from '../../../contract/frames';
import { frameNamed, numberAt, rowsOf, textAt } from '../../shared/frames';
import { PanelHead } from '../../shared/PanelHead';
import { toneColours, type Tone } from '../../shared/tone';
import { WrongFrames } from './WrongFrames';

/** Under which a drift job writes the figure over all features; it has a chart of its own. */
const ALL_FEATURES = '__all__';

const TONES: Readonly<Record<DriftBand, Tone>> = { stable: 'neutral', watch: 'warning', drifted: 'loss' };

/** The longest bar ends here unless a feature drifted further. */
const LEAST_END = 0.3;

interface DriftViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  now: number;
}

/** Drift by feature, the furthest first: bar, value and band in a word; the bands' limits as dashed lines. */
export function DriftView({ series, meta, now }: DriftViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const frame = frameNamed(series, 'monitor:drift') ?? frameNamed(series, 'drift');
  if (frame === undefined) {
    return <WrongFrames view="drift" needs="monitor:drift" queryType="monitor" />;
  }
  const rows = rowsOf(frame)
    .map((row) => ({
      label: [textAt(frame, 'feature', row), textAt(frame, 'variant', row)].filter((text) => text !== null).join(' · '),
      feature: textAt(frame, 'feature', row),
      value: numberAt(frame, 'value', row),
    }))
    .filter(({ feature }) => feature !== ALL_FEATURES)
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const end = Math.max(LEAST_END, ...rows.map(({ value }) => value ?? 0));
  const share = (value: number) => `${String((100 * value) / end)}%`;
  const features = (some: typeof rows) => new Set(some.map(({ feature }) => feature)).size;
  const drifted = rows.filter(({ value }) => value !== null && bandOf(value) === 'drifted');
  return (
    <div className={styles.view}>
      <PanelHead
        facts={['PSI', `${String(features(rows))} features`, `${String(features(drifted))} drifted`]}
        provenance={meta?.provenance}
        now={now}
      />
      <ul className={styles.list}>
        {rows.map(({ label, value }) => {
          const band = value === null ? null : bandOf(value);
          const colours = toneColours(theme, band === null ? 'neutral' : TONES[band]);
          return (
            <li key={label} className={styles.row}>
              <span className={styles.feature} title={label}>
                {label}
              </span>
              <span className={styles.track}>
                {[WATCH_FROM, DRIFTED_FROM].map((limit) => (
                  <span key={limit} className={styles.limit} style={{ left: share(limit) }} />
                ))}
                <span className={styles.bar} style={{ width: share(value ?? 0), background: colours.mark }} />
              </span>
              <span className={styles.value}>{value === null ? '–' : value.toFixed(2)}</span>
              <span style={{ color: colours.text }}>{band ?? 'no data'}</span>
            </li>
          );
        })}
      </ul>
      <div className={styles.foot}>
        watch from {WATCH_FROM.toFixed(2)}, drifted from {DRIFTED_FROM.toFixed(2)}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }),
  list: css({ listStyle: 'none', margin: 0, padding: 0, minHeight: 0, overflowY: 'auto', flex: 1 }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, 45%) minmax(40px, 1fr) 40px 56px',
    alignItems: 'center',
    gap: 8,
    height: 28,
  }),
  feature: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  track: css({ position: 'relative', height: 28 }),
  limit: css({ position: 'absolute', top: 0, bottom: 0, borderLeft: `1px dashed ${theme.colors.border.strong}` }),
  bar: css({ position: 'absolute', left: 0, top: 9, height: 10, borderRadius: 2 }),
  value: css({ textAlign: 'right', fontWeight: 500, fontVariantNumeric: 'tabular-nums' }),
  foot: css({ fontSize: 11, color: theme.colors.text.secondary }),
});
