import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { AdviceBlock } from './AdviceBlock';
import { HeroBlock } from './HeroBlock';
import { HEAD, type ImpactBlocks } from './impact-blocks';
import { ImpactHead } from './ImpactHead';
import { COLUMN_GAP, mostHeight, wideColumns } from './layout';
import { ribbonHeight } from './Ribbon';
import { WaterfallBlock } from './WaterfallBlock';
import { WhatIfCard } from './WhatIfCard';

const GAP = 8;
/** From this height on a fourth piece of advice fits. */
const TALL_FROM = 520;

/** All at once, side by side: chance, waterfall, advice, what-if. */
export function WideImpact(blocks: ImpactBlocks) {
  const styles = useStyles2(getStyles);
  const { figures, shown, link, heroSize, hasAdvice, controls, width, height } = blocks;
  const ribbon = ribbonHeight(figures.base, width);
  const body = Math.min(height, mostHeight(width)) - HEAD - (ribbon === 0 ? 0 : ribbon + GAP);
  const hasWords = hasAdvice || shown.warnings.length > 0;
  const columns = wideColumns(width, hasWords, controls !== null);
  return (
    <div className={styles.view}>
      <ImpactHead {...blocks} />
      <div className={styles.columns} style={{ height: body }}>
        <HeroBlock figures={figures} size={heroSize} width={columns.hero} height={body} link={link} />
        <WaterfallBlock figures={figures} shown={shown} width={columns.waterfall} height={body} />
        {hasWords && (
          <div className={styles.words} style={{ width: columns.advice }}>
            <AdviceBlock
              figures={figures}
              shown={shown}
              hasAdvice={hasAdvice}
              mostAdvice={height < TALL_FROM ? 3 : 4}
              mostCaveats={2}
            />
          </div>
        )}
        {controls !== null && (
          <div style={{ width: columns.whatIf }}>
            <WhatIfCard controls={controls} refusal={figures.refusal} room={body} />
          </div>
        )}
      </div>
    </div>
  );
}

const getStyles = () => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: GAP, height: '100%', minHeight: 0 }),
  columns: css({ display: 'flex', gap: COLUMN_GAP, flex: 'none' }),
  words: css({ height: '100%', overflowY: 'auto' }),
});
