import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import { formatProbability } from '../../calc/notation';
import { PanelHead } from '../shared/PanelHead';
import type { ImpactBlocks } from './impact-blocks';
import { netFigure, paybackFigure, roiFigure } from './hero-words';
import { stateWord } from './Ribbon';

/** Below this width net's interval and the fact line are in the tooltip alone. */
const SLIM_BELOW = 240;

/** The smallest impact, 6×4: chance to pay back, net with its interval, badge; the rest is in the tooltip. */
export function ImpactTile({ shown: impact, facts, provenance, heroSize, width, now }: ImpactBlocks) {
  const styles = useStyles2(getStyles);
  const isSlim = width < SLIM_BELOW;
  const word = stateWord(impact);
  const net = netFigure(impact);
  const figures = [net, roiFigure(impact), paybackFigure(impact)];
  const sentences = figures.map(
    ({ label, estimate, interval }) => `${label} ${estimate}${interval === null ? '' : ` (${interval})`}`,
  );
  const reasons = impact.preliminary.map(({ message }) => message);
  return (
    <div className={styles.tile}>
      <PanelHead facts={isSlim ? [] : facts} provenance={provenance} now={now} />
      <Tooltip content={[...sentences.map((sentence) => `${sentence}.`), ...reasons].join(' ')} placement="bottom">
        <div
          className={styles.body}
          tabIndex={0}
          role="group"
          aria-label={[
            `Chance to pay back ${formatProbability(impact.pRoiPositive)}`,
            ...sentences,
            ...(word === null ? [] : [word]),
          ].join(', ')}
        >
          <div className={word === null ? styles.hero : styles.softHero} style={{ fontSize: heroSize }}>
            {formatProbability(impact.pRoiPositive)}
          </div>
          <div className={styles.side}>
            <div className={styles.net}>{word === null ? net.estimate : (net.interval ?? net.estimate)}</div>
            <div className={styles.meta}>
              {word === null
                ? isSlim || net.interval === null
                  ? 'net a year'
                  : `net a year, ${net.interval}`
                : `${word.toLowerCase()}, net a year`}
            </div>
          </div>
        </div>
      </Tooltip>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  const hero = {
    flex: 'none',
    fontWeight: 600,
    lineHeight: 1.1,
    letterSpacing: '-0.02em',
    whiteSpace: 'nowrap',
  } as const;
  return {
    tile: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }),
    body: css({
      flex: 1,
      minHeight: 0,
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: 12,
      fontVariantNumeric: 'tabular-nums',
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
    }),
    hero: css({ ...hero, color: theme.colors.text.maxContrast }),
    softHero: css({ ...hero, color: theme.colors.text.secondary }),
    side: css({ minWidth: 0, textAlign: 'right' }),
    net: css({ ...oneLine, fontSize: 16, lineHeight: '22px', fontWeight: 500, color: theme.colors.text.maxContrast }),
    meta: css({ ...oneLine, fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary }),
  };
};
