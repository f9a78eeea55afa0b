import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import type { NumericParameter } from '../../calc/impact/parameters';
import type { ImpactRefusal } from '../../calc/impact/refusal';
import { ParameterSlider } from './ParameterSlider';
import type { WhatIf } from './use-what-if';

/** In the order of the money: what earns, what costs, how much of it, how sure of it. */
const SHOWN: readonly NumericParameter[] = [
  'revenueMultiplier', 'baseVolume', 'costPerMs', 'costPerError', 'infrastructure', 'requestsPerDay', 'multiplierCv',
]; // prettier-ignore

interface WhatIfCardProps {
  controls: WhatIf;
  refusal: ImpactRefusal | null;
  /** Height there is for the card, px; null: as high as it needs to be. */
  room: number | null;
}

/** Height of a slider, and of what stands around them, px. */
const SLIDER = 35;
const AROUND = 100;
const MOST_GAP = 10;

function gapFor(room: number | null): number {
  const spare = room === null ? Infinity : (room - AROUND) / SHOWN.length - SLIDER;
  return Math.max(0, Math.min(MOST_GAP, Math.floor(spare)));
}

/** Sliders over the business parameters, all of them assumed; nothing is saved, but what was found can be copied. */
export function WhatIfCard({ controls, refusal, room }: WhatIfCardProps) {
  const styles = useStyles2(getStyles);
  const { start, moves, currency, move, reset } = controls;
  const isMoved = Object.keys(moves).length > 0;
  return (
    <section className={styles.card} aria-label="What if">
      <div className={styles.head}>
        <span className={styles.title}>What if</span>
        <Button size="sm" fill="text" variant="primary" className={styles.reset} disabled={!isMoved} onClick={reset}>
          Reset
        </Button>
      </div>
      <div className={styles.sliders} style={{ gap: gapFor(room) }}>
        {SHOWN.map((name) => {
          const from = start[name];
          return from === null ? null : (
            <ParameterSlider
              key={name}
              name={name}
              start={from}
              value={moves[name] ?? from}
              currency={currency}
              onMove={move}
            />
          );
        })}
      </div>
      <div className={styles.foot} role={refusal === null ? undefined : 'alert'}>
        {refusal === null ? (
          'All assumed. Recomputed in your browser; nothing is saved.'
        ) : (
          <span className={styles.refusal}>
            {refusal.message} {refusal.fix}
          </span>
        )}
        {isMoved && (
          <ClipboardButton
            size="sm"
            fill="text"
            icon="copy"
            className={styles.copy}
            getText={() => JSON.stringify({ business: moves }, null, 2)}
          >
            Copy as query options
          </ClipboardButton>
        )}
      </div>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    display: 'flex',
    flexDirection: 'column',
    maxHeight: '100%',
    padding: '8px 12px',
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
  }),
  head: css({ display: 'flex', flex: 'none', justifyContent: 'space-between', alignItems: 'center', height: 24 }),
  title: css({ fontSize: 14, fontWeight: 500, color: theme.colors.text.maxContrast }),
  reset: css({ padding: 0, height: 24 }),
  sliders: css({
    flex: '0 1 auto',
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    overflowY: 'auto',
    overflowX: 'hidden',
  }),
  foot: css({
    flex: 'none',
    marginTop: 8,
    paddingTop: 6,
    borderTop: `1px solid ${theme.colors.border.weak}`,
    fontSize: 11,
    lineHeight: '16px',
    color: theme.colors.text.secondary,
  }),
  refusal: css({ color: theme.colors.error.text }),
  copy: css({ padding: 0, height: 22 }),
});
