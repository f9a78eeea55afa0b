import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { FigureTile } from './FigureTile';
import { Hero } from './Hero';
import { paybackFigure, roiFigure } from './hero-words';
import { breakEvenWords } from './impact-facts';
import { LEAST_DOTS_HEIGHT, OutcomeDots } from './OutcomeDots';
import type { Recomputed } from './use-what-if';

interface HeroBlockProps {
  figures: Recomputed;
  size: number;
  width: number;
  /** Room for the whole block; null: as high as it needs to be. */
  height: number | null;
  link: string | undefined;
}

const TILES = 82;
const NATURAL_DOTS = 150;
const LEAST_FOR_BREAK_EVEN = 240;

/** Chance to pay back, its twenty dots, ROI and payback. */
export function HeroBlock({ figures, size, width, height, link }: HeroBlockProps) {
  const styles = useStyles2(getStyles);
  const { base, whatIf } = figures;
  const shown = whatIf ?? base;
  const hasRoom = height === null || height >= LEAST_FOR_BREAK_EVEN;
  const breakEven = hasRoom ? breakEvenWords(shown, figures.input) : null;
  const around = 36 + size * 1.15 + TILES + (breakEven === null ? 0 : 20);
  const dots = height === null ? NATURAL_DOTS : Math.floor(height - around - 16);
  const hasDots = base.outcomes.length > 0 && dots >= LEAST_DOTS_HEIGHT;
  const tiles = [roiFigure(shown), paybackFigure(shown)];
  return (
    <div className={styles.block} style={{ width, height: height ?? 'auto' }}>
      <Hero base={base} whatIf={whatIf} size={size} link={link} />
      {hasDots && <OutcomeDots base={base} whatIf={whatIf} width={width} height={Math.min(dots, 320)} />}
      <div className={styles.foot}>
        <div className={styles.tiles}>
          {tiles.map((figure) => (
            <FigureTile
              key={figure.label}
              figure={figure}
              alpha={shown.alpha}
              isIntervalFirst={shown.state !== 'result'}
            />
          ))}
        </div>
        {breakEven !== null && (
          <div className={styles.breakEven} title={breakEven}>
            {breakEven}
          </div>
        )}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ display: 'flex', flexDirection: 'column', justifyContent: 'space-between', gap: 8, flex: 'none' }),
  foot: css({ borderTop: `1px solid ${theme.colors.border.weak}`, paddingTop: 8 }),
  tiles: css({ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.2fr)', gap: 12 }),
  breakEven: css({
    marginTop: 4,
    fontSize: 11,
    lineHeight: '16px',
    color: theme.colors.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
});
