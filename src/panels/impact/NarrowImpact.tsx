import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { AdviceBlock } from './AdviceBlock';
import { HeroBlock } from './HeroBlock';
import { STACK_GAP, type ImpactBlocks } from './impact-blocks';
import { termWords } from './impact-facts';
import { ImpactHead } from './ImpactHead';
import { TermRows } from './TermRows';
import { WhatIfCard } from './WhatIfCard';

/** One column, by scrolling; the waterfall's terms stand as rows. */
export function NarrowImpact(blocks: ImpactBlocks) {
  const styles = useStyles2(getStyles);
  const { figures, shown, link, heroSize, hasAdvice, controls, width } = blocks;
  return (
    <div className={styles.view}>
      <ImpactHead {...blocks} />
      <HeroBlock figures={figures} size={heroSize} width={width} height={null} link={link} />
      <TermRows impact={shown} input={figures.input} />
      <div className={styles.caption}>{termWords(shown, figures.input)}</div>
      <AdviceBlock figures={figures} shown={shown} hasAdvice={hasAdvice} mostAdvice={4} mostCaveats={3} />
      {controls !== null && <WhatIfCard controls={controls} refusal={figures.refusal} room={null} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({
    display: 'flex',
    flexDirection: 'column',
    gap: STACK_GAP,
    height: '100%',
    minHeight: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
    '& > *': { flex: 'none' },
  }),
  caption: css({ fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary }),
});
