import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatAge } from '../../../calc/notation';
import type { UpliftMeta } from '../../../contract/frames';
import { choiceAt, frameNamed, numberAt, rowsOf, textAt } from '../../shared/frames';
import { Glyph, type GlyphName } from '../../shared/Glyph';
import { PanelHead } from '../../shared/PanelHead';
import { SOURCE_LABELS } from '../../../calc/provenance';
import { toneColours, type Tone } from '../../shared/tone';
import { StateMessage } from '../../shared/StateMessage';
import { isSourceName } from '../answer';
import { WrongFrames } from './WrongFrames';

const STATES = ['firing', 'pending', 'normal'] as const;
type AlertState = (typeof STATES)[number];

const LOOKS: Readonly<Record<AlertState, { words: string; glyph: GlyphName; tone: Tone }>> = {
  firing: { words: 'Firing', glyph: 'warning', tone: 'loss' },
  pending: { words: 'Pending', glyph: 'clock', tone: 'warning' },
  normal: { words: 'Normal', glyph: 'check', tone: 'neutral' },
};

interface AlertsViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  now: number;
}

/** Each alert: its state, what it says, and since when; how many of each state above. */
export function AlertsView({ series, meta, now }: AlertsViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const frame = frameNamed(series, 'alerts');
  if (frame === undefined) {
    return <WrongFrames view="alerts" needs="alerts" queryType="monitor" />;
  }
  const rows = rowsOf(frame).map((row) => {
    const source = textAt(frame, 'source', row) ?? '';
    return {
      row,
      state: choiceAt(frame, 'state', row, STATES, 'normal'),
      name: textAt(frame, 'alert', row) ?? '',
      message: textAt(frame, 'message', row),
      since: numberAt(frame, 'since', row),
      variant: textAt(frame, 'variant', row),
      source: isSourceName(source) ? SOURCE_LABELS[source] : source,
    };
  });
  if (rows.length === 0) {
    return (
      <StateMessage
        glyph="check"
        tone="neutral"
        title="No alerts"
        text="No store evaluates or keeps an alert for this model. Rules of Grafana’s own are on its Alerting page."
      />
    );
  }
  const counts = STATES.map((state) => ({ state, count: rows.filter((row) => row.state === state).length }));
  const facts = counts.filter(({ count }) => count > 0).map(({ state, count }) => `${String(count)} ${state}`);
  return (
    <div className={styles.view}>
      <PanelHead facts={facts} provenance={meta?.provenance} now={now} />
      <ul className={styles.list} tabIndex={0}>
        {rows.map(({ row, state, name, message, since, variant, source }) => {
          const { words, glyph, tone } = LOOKS[state];
          const colour = toneColours(theme, tone).text;
          return (
            <li key={row} className={styles.row}>
              <span className={styles.state} style={{ color: colour }}>
                <Glyph name={glyph} colour={colour} />
                {words}
              </span>
              <div className={styles.words}>
                <div className={styles.name}>{[name, variant].filter(Boolean).join(' · ')}</div>
                <div className={styles.message} title={message ?? undefined}>
                  {[message, source].filter(Boolean).join(' · ')}
                </div>
              </div>
              <span className={styles.small}>{since === null ? '> 7 d' : formatAge((now - since) / 1000)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }),
  list: css({ listStyle: 'none', margin: 0, padding: 0, minHeight: 0, overflowY: 'auto' }),
  row: css({
    display: 'grid',
    gridTemplateColumns: '84px minmax(0, 1fr) auto',
    gap: 8,
    padding: '6px 0',
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  state: css({ display: 'inline-flex', alignItems: 'center', gap: 6, height: 20 }),
  words: css({ minWidth: 0 }),
  message: css({
    fontSize: 12,
    color: theme.colors.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  name: css({ fontWeight: 500, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  small: css({
    fontSize: 12,
    lineHeight: '20px',
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  }),
});
