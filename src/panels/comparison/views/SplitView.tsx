import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatCount, formatPValue, formatSplit } from '../../../calc/notation';
import type { UpliftMeta } from '../../../contract/frames';
import { frameNamed, rowsOf, textAt } from '../../shared/frames';
import { Glyph } from '../../shared/Glyph';
import { PanelHead } from '../../shared/PanelHead';
import { StateMessage } from '../../shared/StateMessage';
import { Swatch } from '../../shared/Swatch';
import { toneColours } from '../../shared/tone';
import { variantMarks, type VariantMark } from '../../shared/variant-marks';
import { readChecks } from '../answer';
import { CHECK_LOOKS } from '../check-looks';
import { checkWords } from '../check-words';
import { readSplit, splitPeriods, type Share } from '../split';
import { WrongFrames } from './WrongFrames';

interface SplitViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  timeZone: TimeZone;
  now: number;
}

interface SplitBarProps {
  shares: readonly Share[];
  marks: ReadonlyMap<string, VariantMark>;
}

/** Requests by variant as one bar; a tick where the expected split has its border. */
function SplitBar({ shares, marks }: SplitBarProps) {
  const styles = useStyles2(getStyles);
  const total = shares.reduce((sum, { requests }) => sum + requests, 0);
  const expectedTotal = shares.reduce((sum, { expected }) => sum + (expected ?? 0), 0);
  const borders = shares.slice(0, -1).map((_, index) =>
    shares.slice(0, index + 1).reduce((sum, { expected }) => sum + (expected ?? 0), 0),
  ); // prettier-ignore
  const words = shares.map(({ variant, requests }) => `${variant} ${formatCount(requests)}`).join(', ');
  return (
    <div className={styles.bar} role="img" aria-label={words}>
      {shares.map(({ variant, requests }) => {
        const mark = marks.get(variant);
        const share = total === 0 ? 0 : requests / total;
        return (
          <div
            key={variant}
            className={mark?.isHollow === true ? styles.hollow : styles.filled}
            style={{ width: `${share * 100}%`, background: mark?.isHollow === true ? undefined : mark?.colour }}
          >
            {share > 0.12 && formatCount(requests)}
          </div>
        );
      })}
      {expectedTotal > 0 &&
        borders.map((border) => (
          <span key={border} className={styles.expected} style={{ left: `${(border / expectedTotal) * 100}%` }} />
        ))}
    </div>
  );
}

/** Whether all of the split was counted, and now. */
const isMeasured = (frame: DataFrame): boolean =>
  rowsOf(frame).every((row) => ['measured', 'missing', null].includes(textAt(frame, 'state', row)));

/** Is the traffic split as declared: requests per variant against the expected split, and the SRM check's word on it. */
export function SplitView({ series, meta, timeZone, now }: SplitViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const frame = frameNamed(series, 'variants');
  if (frame === undefined) {
    return <WrongFrames view="traffic split" needs="variants" queryType="experiment" />;
  }
  const shares = readSplit(frame);
  if (shares.length === 0) {
    return (
      <>
        <PanelHead facts={[]} provenance={meta?.provenance} now={now} />
        <StateMessage
          glyph="dashed-ring"
          tone="neutral"
          title="No traffic was counted"
          text="No source counted requests of this experiment’s variants in the test window."
        />
      </>
    );
  }
  const marks = variantMarks(theme, meta?.experiment?.variants ?? []);
  const checks = frameNamed(series, 'checks');
  const srm = checks && readChecks(checks).find(({ check }) => check === 'srm');
  const periods = splitPeriods(shares, meta, now, timeZone);
  return (
    <div className={styles.view}>
      <PanelHead facts={[`${isMeasured(frame) ? '' : '≈\u00a0'}${formatCount(shares.reduce((sum, { requests }) => sum + requests, 0))} requests`]} provenance={meta?.provenance} now={now} />
      <div className={styles.legend}>
        {shares.map(({ variant }) => {
          const mark = marks.get(variant);
          return (
            <span key={variant} title={variant}>
              {mark && <Swatch mark={mark} />}
              <span className={styles.name}>{variant}</span>
            </span>
          );
        })}
        <span className={styles.key}>
          <i className={styles.keyMark} />
          expected
        </span>
      </div>
      <div className={styles.periods}>
        {periods.map(({ words, shares: own }) => {
          const isDeclared = own.every(({ expected }) => expected !== null);
          return (
            <div key={words}>
              <div className={styles.words}>
                <span className={styles.period}>{words}</span>
                <span>
                  {isDeclared ? `expected ${formatSplit(own.map(({ expected }) => expected ?? 0))}` : 'no declared split'}
                  {' · actual '}
                  <strong>{formatSplit(own.map(({ requests }) => requests))}</strong>
                </span>
              </div>
              <SplitBar shares={own} marks={marks} />
            </div>
          );
        })}
      </div>
      {srm && (
        <div className={styles.check}>
          <Glyph name={CHECK_LOOKS[srm.status].glyph} size={13} colour={toneColours(theme, CHECK_LOOKS[srm.status].tone).text} />
          <span>{checkWords(srm).words}</span>
          {srm.pValue !== null && (
            <span className={styles.muted}>
              p {formatPValue(srm.pValue)}
              {periods.length > 1 && ', summed over all phases'}
            </span>
          )}
        </div>
      )}
    </div>
  );
} // prettier-ignore

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({
    display: 'flex',
    flexDirection: 'column',
    gap: 8,
    height: '100%',
    fontSize: 12,
    lineHeight: '18px',
    fontVariantNumeric: 'tabular-nums',
  }),
  legend: css({
    display: 'flex',
    gap: 16,
    color: theme.colors.text.secondary,
    '& > span': { display: 'inline-flex', alignItems: 'center', gap: 6, minWidth: 0 },
  }),
  name: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  key: css({ marginLeft: 'auto', flex: 'none' }),
  keyMark: css({ width: 2, height: 14, background: theme.colors.text.maxContrast }),
  words: css({
    display: 'flex',
    justifyContent: 'space-between',
    flexWrap: 'wrap',
    columnGap: 12,
    color: theme.colors.text.secondary,
    '& strong': { fontWeight: 500, color: theme.colors.text.maxContrast },
  }),
  bar: css({ position: 'relative', display: 'flex', height: 18, flex: 'none' }),
  hollow: css({
    padding: '0 6px',
    border: `1.5px solid ${theme.colors.text.secondary}`,
    borderRadius: '3px 0 0 3px',
    background: theme.colors.background.secondary,
    lineHeight: '15px',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  }),
  filled: css({
    padding: '0 6px',
    textAlign: 'right',
    color: theme.isDark ? theme.colors.background.canvas : theme.colors.primary.contrastText,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    '&:last-of-type': { borderRadius: '0 3px 3px 0' },
  }),
  expected: css({
    position: 'absolute',
    top: -3,
    bottom: -3,
    width: 2,
    marginLeft: -1,
    background: theme.colors.text.maxContrast,
    boxShadow: `0 0 0 1px ${theme.colors.background.primary}`,
  }),
  period: css({ color: theme.colors.text.primary }),
  periods: css({
    display: 'flex',
    flexDirection: 'column',
    gap: 10,
    minHeight: 0,
    overflowY: 'auto',
    padding: '0 1px 3px',
  }),
  check: css({
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    marginTop: 'auto',
    paddingTop: 6,
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  muted: css({ color: theme.colors.text.secondary }),
});
