import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ImpactBlocks } from './impact-blocks';
import { intervalWords } from './impact-facts';
import { Waterfall } from './Waterfall';

interface WaterfallBlockProps extends Pick<ImpactBlocks, 'figures' | 'shown'> {
  width: number;
  height: number;
}

const LABEL = 22;
const CAPTION = 34;

/** The waterfall under its question, above how its bars are to be read. */
export function WaterfallBlock({ figures, shown, width, height }: WaterfallBlockProps) {
  const styles = useStyles2(getStyles);
  const { base, whatIf, input } = figures;
  return (
    <div className={styles.block} style={{ width }}>
      <div className={styles.label}>Where the money comes from, a year</div>
      <Waterfall
        impact={shown}
        before={whatIf === null ? null : base}
        input={input}
        width={width}
        height={height - LABEL - CAPTION}
      />
      <div className={styles.caption}>Pale bars: interval includes zero. Whisker: {intervalWords(shown, input)}</div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ flex: 'none' }),
  label: css({ height: LABEL, fontSize: 12, lineHeight: '18px', color: theme.colors.text.secondary }),
  caption: css({ fontSize: 11, lineHeight: '16px', textWrap: 'balance', color: theme.colors.text.secondary }),
});
