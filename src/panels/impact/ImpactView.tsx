import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { NUMERIC_PARAMETERS, type BusinessParameters } from '../../calc/impact/parameters';
import { PanelHead } from '../shared/PanelHead';
import { AdviceList } from './AdviceList';
import type { ImpactAnswer } from './answer';
import { Caveats } from './Caveats';
import { HeroBlock } from './HeroBlock';
import { impactFacts, intervalWords } from './impact-facts';
import { ImpactTile } from './ImpactTile';
import { COLUMN_GAP, heroSizeOf, layoutOf, mostHeight, wideColumns } from './layout';
import { Ribbon, ribbonHeight } from './Ribbon';
import { TermRows } from './TermRows';
import { useWhatIf } from './use-what-if';
import { Waterfall } from './Waterfall';
import { WhatIfCard } from './WhatIfCard';

interface ImpactViewProps {
  answer: ImpactAnswer;
  /** Parameters the panel's own options set; must keep its identity between renders. */
  setHere: Partial<BusinessParameters>;
  hasAdvice: boolean;
  hasWhatIf: boolean;
  width: number;
  height: number;
  now: number;
}

const HEAD = 28;
const LABEL = 22;
const CAPTION = 34;

/** What a rollout is worth: chance first, then the money, then what to do and what it hangs on. */
export function ImpactView({ answer, setHere, hasAdvice, hasWhatIf, width, height, now }: ImpactViewProps) {
  const styles = useStyles2(getStyles);
  const figures = useWhatIf(answer, setHere);
  const { base, whatIf, input, advice, refusal, controls } = figures;
  const { detail, meta } = answer;
  const shown = whatIf ?? base;
  const layout = layoutOf(width, height);
  const size = heroSizeOf(layout, width, height);
  const facts = impactFacts(
    { impact: shown, variant: detail?.variant, input, setHere: NUMERIC_PARAMETERS.filter((name) => name in setHere) },
    layout,
  );
  if (layout === 'tile') {
    return <ImpactTile impact={shown} facts={facts} meta={meta} now={now} size={size} />;
  }
  const isSlidable = hasWhatIf && controls !== null;
  const head = (
    <>
      <PanelHead facts={facts} provenance={meta?.provenance} now={now} />
      <Ribbon impact={base} width={width} />
    </>
  );
  const adviceBlock = (
    <div className={styles.advice}>
      {hasAdvice && (
        <AdviceList advice={advice} isWhatIf={whatIf !== null} most={height < 520 && layout === 'wide' ? 3 : 4} />
      )}
      <Caveats warnings={shown.warnings} most={layout === 'wide' ? 2 : 3} />
    </div>
  );
  const card = (room: number | null) => isSlidable && <WhatIfCard controls={controls} refusal={refusal} room={room} />;
  const waterfall = (room: number, tall: number) => (
    <div className={styles.column} style={{ width: room }}>
      <div className={styles.label}>Where the money comes from, a year</div>
      <Waterfall impact={shown} before={whatIf === null ? null : base} input={input} width={room} height={tall} />
      <div className={styles.caption}>Pale bars: interval includes zero. Whisker: {intervalWords(shown, input)}</div>
    </div>
  );
  const block = (room: number, tall: number | null, hasNet: boolean) => (
    <HeroBlock figures={figures} size={size} width={room} height={tall} hasNet={hasNet} />
  );

  switch (layout) {
    case 'wide': {
      const ribbon = ribbonHeight(base, width);
      const body = Math.min(height, mostHeight(width)) - HEAD - (ribbon === 0 ? 0 : ribbon + 8);
      const hasColumn = hasAdvice || shown.warnings.length > 0;
      const columns = wideColumns(width, hasColumn, isSlidable);
      return (
        <div className={styles.view}>
          {head}
          <div className={styles.columns} style={{ height: body }}>
            {block(columns.hero, body, false)}
            {waterfall(columns.waterfall, body - LABEL - CAPTION)}
            {hasColumn && (
              <div style={{ width: columns.advice }} className={styles.scroll}>
                {adviceBlock}
              </div>
            )}
            {isSlidable && <div style={{ width: columns.whatIf }}>{card(body)}</div>}
          </div>
        </div>
      );
    }
    case 'medium': {
      const half = (width - COLUMN_GAP) / 2;
      const hero = Math.min(half, Math.max(270, width * 0.42));
      const top = Math.max(220, Math.min(360, height - HEAD - 16));
      return (
        <div className={styles.scrollingView}>
          {head}
          <div className={styles.columns} style={{ height: top }}>
            {block(hero, top, false)}
            {waterfall(width - COLUMN_GAP - hero, top - LABEL - CAPTION)}
          </div>
          <div className={styles.columns}>
            <div style={{ width: isSlidable ? half : width }}>{adviceBlock}</div>
            {isSlidable && <div style={{ width: half }}>{card(null)}</div>}
          </div>
        </div>
      );
    }
    case 'narrow':
      return (
        <div className={styles.scrollingView}>
          {head}
          {block(width, null, false)}
          <TermRows impact={shown} input={input} />
          <div className={styles.caption}>{intervalWords(shown, input)}</div>
          {adviceBlock}
          {card(null)}
        </div>
      );
  }
}

const getStyles = (theme: GrafanaTheme2) => {
  const view = { display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 } as const;
  return {
    view: css(view),
    scrollingView: css({ ...view, gap: 16, overflowY: 'auto', overflowX: 'hidden' }),
    columns: css({ display: 'flex', gap: COLUMN_GAP, flex: 'none' }),
    column: css({ flex: 'none' }),
    scroll: css({ height: '100%', overflowY: 'auto' }),
    advice: css({ minWidth: 0 }),
    label: css({ height: LABEL, fontSize: 12, lineHeight: '18px', color: theme.colors.text.secondary }),
    caption: css({
      minHeight: CAPTION,
      fontSize: 11,
      lineHeight: '16px',
      textWrap: 'balance',
      color: theme.colors.text.secondary,
    }),
  };
};
