import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { AdviceBlock } from './AdviceBlock';
import { HeroBlock } from './HeroBlock';
import { HEAD, STACK_GAP, type ImpactBlocks } from './impact-blocks';
import { ImpactHead } from './ImpactHead';
import { COLUMN_GAP } from './layout';
import { ribbonHeight } from './Ribbon';
import { WaterfallBlock } from './WaterfallBlock';
import { WhatIfCard } from './WhatIfCard';

const LEAST_TOP = 196;
const MOST_TOP = 360;
const LEAST_HERO = 270;

/** Chance and waterfall first, filling the panel; advice and what-if beneath them, by scrolling. */
export function MediumImpact(blocks: ImpactBlocks) {
  const styles = useStyles2(getStyles);
  const { figures, shown, link, heroSize, hasAdvice, controls, width, height } = blocks;
  const half = (width - COLUMN_GAP) / 2;
  const hero = Math.min(half, Math.max(LEAST_HERO, width * 0.42));
  const ribbon = ribbonHeight(figures.base, width);
  const above = HEAD + STACK_GAP + (ribbon === 0 ? 0 : ribbon + STACK_GAP);
  const top = Math.max(LEAST_TOP, Math.min(MOST_TOP, height - above));
  return (
    <div className={styles.view}>
      <ImpactHead {...blocks} />
      <div className={styles.columns} style={{ height: top }}>
        <HeroBlock figures={figures} size={heroSize} width={hero} height={top} link={link} />
        <WaterfallBlock figures={figures} shown={shown} width={width - COLUMN_GAP - hero} height={top} />
      </div>
      <div className={styles.columns}>
        <div style={{ width: controls === null ? width : half }}>
          <AdviceBlock figures={figures} shown={shown} hasAdvice={hasAdvice} mostAdvice={4} mostCaveats={3} />
        </div>
        {controls !== null && (
          <div style={{ width: half }}>
            <WhatIfCard controls={controls} refusal={figures.refusal} room={null} />
          </div>
        )}
      </div>
    </div>
  );
}

const getStyles = () => ({
  view: css({
    display: 'flex',
    flexDirection: 'column',
    gap: STACK_GAP,
    height: '100%',
    minHeight: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
  }),
  columns: css({ display: 'flex', gap: COLUMN_GAP, flex: 'none' }),
});
