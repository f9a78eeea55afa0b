import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { DriftBand } from '../../../calc/drift/psi';
import { formatValue } from '../../../calc/notation';
import type { UpliftMeta } from '../../../contract/frames';
import { PanelHead } from '../../shared/PanelHead';
import { toneColours, type Tone } from '../../shared/tone';
import { binWords } from '../../shared/drift-bins';
import { readDriftRows, type DriftRow } from './drift-rows';
import { WrongFrames } from './WrongFrames';

const TONES: Readonly<Record<DriftBand, Tone>> = { stable: 'neutral', watch: 'warning', drifted: 'loss' };

/** The longest bar ends here unless a feature drifted further. */
const LEAST_END = 0.3;

/** Parts whose growth adds up to less than 1 would leave room. */
const GROW = 1000;

interface DriftViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  now: number;
}

/**
 * Drift by feature, the furthest first: bar, value and band in a word; the bands' limits as dashed lines. A bar is made of
 * what each bin adds to it, in the bins' order.
 */
export function DriftView({ series, meta, now }: DriftViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const drift = readDriftRows(series);
  if (drift === null) {
    return <WrongFrames view="drift" needs="monitor:drift" queryType="monitor" />;
  }
  const { rows, bands } = drift;
  const end = Math.max(LEAST_END, ...rows.map(({ value }) => value ?? 0));
  const share = (value: number) => `${String((100 * value) / end)}%`;
  const features = (some: readonly DriftRow[]) => new Set(some.map(({ feature }) => feature)).size;
  const drifted = rows.filter(({ band }) => band === 'drifted');
  const limits = bands === null ? [] : [bands.watch, bands.drifted];
  return (
    <div className={styles.view}>
      <PanelHead
        facts={[
          ...(bands === null ? [] : ['PSI']),
          `${String(features(rows))} features`,
          ...(bands === null ? [] : [`${String(features(drifted))} drifted`]),
        ]}
        provenance={meta?.provenance}
        now={now}
      />
      <ul className={styles.list} tabIndex={0}>
        {rows.map((row) => {
          const { label, value, pValue, band, bins } = row;
          const colours = toneColours(theme, band === null ? 'neutral' : TONES[band]);
          // Parts are of the PSI: they make up the bar only where the bar is the PSI.
          const parts = bins.length > 0 && bands !== null ? bins : null;
          return (
            <li key={label} className={styles.row}>
              <span className={styles.feature} title={label}>
                {label}
              </span>
              <span className={styles.track}>
                {limits.map((limit) => (
                  <span key={limit} className={styles.limit} style={{ left: share(limit) }} />
                ))}
                <span className={styles.bar} style={{ width: share(value ?? 0) }}>
                  {parts?.map((bin) => (
                    <span
                      key={binWords(bin)}
                      className={styles.part}
                      title={`${binWords(bin)}: ${percent(bin.reference)} → ${percent(bin.current)}, adds ${bin.contribution.toFixed(3)}`}
                      style={{ flexGrow: bin.contribution * GROW, background: colours.mark }}
                    />
                  )) ?? <span className={styles.part} style={{ flexGrow: 1, background: colours.mark }} />}
                </span>
              </span>
              <span className={styles.value} title={pValue === null ? undefined : `p ${writeP(pValue)}`}>
                {value === null ? '–' : value.toFixed(2)}
              </span>
              <span style={{ color: colours.text }}>{value === null ? 'no data' : (band ?? '')}</span>
            </li>
          );
        })}
      </ul>
      {bands !== null && (
        <div className={styles.foot}>
          watch from {bands.watch.toFixed(2)}, drifted from {bands.drifted.toFixed(2)}
        </div>
      )}
    </div>
  );
}

const percent = (fraction: number) => formatValue(fraction, 'fraction', 1);
const writeP = (p: number) => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);

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
  bar: css({ position: 'absolute', left: 0, top: 9, height: 10, display: 'flex', gap: 1, overflow: 'hidden' }),
  part: css({ flexBasis: 0, minWidth: 0, borderRadius: 1 }),
  value: css({ textAlign: 'right', fontWeight: 500, fontVariantNumeric: 'tabular-nums' }),
  foot: css({ fontSize: 11, color: theme.colors.text.secondary }),
});
