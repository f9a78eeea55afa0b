import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { DriftBand } from '../../calc/drift/psi';
import { formatValue } from '../../calc/notation';
import type { UpliftMeta } from '../../contract/frames';
import { PanelHead } from '../shared/PanelHead';
import { Swatch } from '../shared/Swatch';
import { toneColours, type Tone } from '../shared/tone';
import { markAt, variantMarks, type VariantMark } from '../shared/variant-marks';
import { binWords, type DriftBin, type DriftedFeature } from '../shared/drift-bins';

const TONES: Readonly<Record<DriftBand, Tone>> = { stable: 'neutral', watch: 'warning', drifted: 'loss' };

/** Under this width the shares in words make way for the bars. */
const WITH_WORDS = 420;

interface BinRowProps {
  bin: DriftBin;
  mark: VariantMark;
  /** The share that fills the bar's whole width. */
  most: number;
  /** The contribution that is drawn darkest. */
  largest: number;
  withWords: boolean;
}

const percent = (share: number) => formatValue(share, 'fraction', 1);

function BinRow({ bin, mark, most, largest, withWords }: BinRowProps) {
  const styles = useStyles2(getStyles);
  const width = (share: number) => `${String((100 * share) / most)}%`;
  const isLargest = bin.contribution === largest && largest > 0;
  return (
    <tr>
      <th scope="row" className={styles.bounds}>
        {binWords(bin)}
      </th>
      <td className={styles.bars}>
        <span className={styles.reference} style={{ width: width(bin.reference) }} />
        <span className={styles.current} style={{ width: width(bin.current), background: mark.colour }} />
      </td>
      {withWords && (
        <td className={styles.number}>
          {percent(bin.reference)} → {percent(bin.current)}
        </td>
      )}
      <td className={isLargest ? styles.largest : styles.number}>{bin.contribution.toFixed(3)}</td>
    </tr>
  );
}

interface DriftBinsProps {
  features: readonly DriftedFeature[];
  meta: UpliftMeta | undefined;
  width: number;
  now: number;
}

/** Where each feature's distribution has moved: the reference as an outline, the present filled, the PSI's part of each bin. */
export function DriftBins({ features, meta, width, now }: DriftBinsProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const marks = variantMarks(theme, meta?.experiment?.variants ?? []);
  const withWords = width >= WITH_WORDS;
  return (
    <div className={styles.view}>
      <PanelHead
        facts={['PSI by bin', `${String(features.length)} distributions`]}
        provenance={meta?.provenance}
        now={now}
      />
      <div className={styles.list} tabIndex={0}>
        {features.map(({ feature, variant, bins, psi, band }) => {
          const mark = marks.get(variant ?? '') ?? markAt(theme, 0);
          const most = Math.max(...bins.flatMap(({ reference, current }) => [reference, current]));
          const largest = Math.max(...bins.map(({ contribution }) => contribution));
          return (
            <table key={`${feature} ${variant ?? ''}`} className={styles.table}>
              <caption className={styles.caption}>
                <span className={styles.name}>{feature}</span>
                {variant !== null && (
                  <span className={styles.variant}>
                    <Swatch mark={mark} />
                    {variant}
                  </span>
                )}
                <span className={styles.psi}>
                  PSI {psi.toFixed(2)} <span style={{ color: toneColours(theme, TONES[band]).text }}>{band}</span>
                </span>
              </caption>
              <thead>
                <tr>
                  <th scope="col" className={styles.bounds}>
                    Bin
                  </th>
                  <th scope="col" className={styles.key}>
                    <span className={styles.reference} style={{ width: 14 }} /> before
                    <span className={styles.current} style={{ width: 14, background: mark.colour }} /> now
                  </th>
                  {withWords && (
                    <th scope="col" className={styles.number}>
                      Share of samples
                    </th>
                  )}
                  <th scope="col" className={styles.number}>
                    Part of PSI
                  </th>
                </tr>
              </thead>
              <tbody>
                {bins.map((bin) => (
                  <BinRow key={binWords(bin)} {...{ bin, mark, most, largest, withWords }} />
                ))}
              </tbody>
            </table>
          );
        })}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const number = {
    padding: '0 0 0 12px',
    textAlign: 'right',
    fontWeight: 400,
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
  } as const;
  return {
    view: css({ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0, padding: '0 4px' }),
    list: css({ minHeight: 0, overflowY: 'auto', flex: 1 }),
    table: css({
      width: '100%',
      marginBottom: 16,
      borderCollapse: 'collapse',
      fontSize: 12,
      fontVariantNumeric: 'tabular-nums',
      '& tr': { height: 22 },
      '& thead': { fontSize: 11, color: theme.colors.text.secondary },
    }),
    caption: css({
      captionSide: 'top',
      whiteSpace: 'nowrap',
      padding: '0 0 4px',
      textAlign: 'left',
      color: theme.colors.text.primary,
      fontSize: 14,
    }),
    name: css({ fontWeight: 500, marginRight: 8 }),
    variant: css({ display: 'inline-flex', alignItems: 'center', gap: 6, color: theme.colors.text.secondary }),
    psi: css({ float: 'right', fontWeight: 500 }),
    bounds: css({ width: 84, paddingRight: 8, textAlign: 'left', fontWeight: 400, whiteSpace: 'nowrap' }),
    bars: css({ '& > span': { display: 'block' } }),
    key: css({
      whiteSpace: 'nowrap',
      textAlign: 'left',
      fontWeight: 400,
      '& > span': { display: 'inline-block', margin: '0 2px 0 0' },
      '& > span + span': { marginLeft: 8 },
    }),
    reference: css({ height: 7, border: `1px solid ${theme.colors.text.secondary}`, borderRadius: 1 }),
    current: css({ height: 7, marginTop: 2, borderRadius: 1 }),
    number: css(number),
    largest: css({ ...number, fontWeight: 500, color: theme.colors.text.maxContrast }),
  };
};
