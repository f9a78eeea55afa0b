import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ImpactBlocks } from './impact-blocks';
import { waterfallWords } from './impact-facts';
import { Waterfall } from './Waterfall';

interface WaterfallBlockProps extends Pick<ImpactBlocks, 'figures' | 'shown'> {
  width: number;
  height: number;
}

const LABEL = 22;
/** A line of the caption, the fewest there is room for, and the gap above them, px. */
const CAPTION_LINE = 16;
const LEAST_LINES = 2;
const CAPTION_GAP = 2;
/** Width of a character of the caption at its widest, px: what breaks a line early is in it. */
const CHARACTER = 6.4;

/** Room for a caption in a column of this width. */
function captionHeight(words: string, width: number): number {
  const lines = Math.max(LEAST_LINES, Math.ceil((words.length * CHARACTER) / width));
  return lines * CAPTION_LINE + CAPTION_GAP;
}

/** The waterfall under its question, above how its bars are to be read. */
export function WaterfallBlock({ figures, shown, width, height }: WaterfallBlockProps) {
  const styles = useStyles2(getStyles);
  const { base, whatIf, input } = figures;
  const caption = waterfallWords(shown, input);
  return (
    <div className={styles.block} style={{ width }}>
      <div className={styles.label}>Where the money comes from, a year</div>
      <Waterfall
        impact={shown}
        before={whatIf === null ? null : base}
        input={input}
        width={width}
        height={height - LABEL - captionHeight(caption, width)}
      />
      <div className={styles.caption}>{caption}</div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ flex: 'none' }),
  label: css({ height: LABEL, fontSize: 12, lineHeight: '18px', color: theme.colors.text.secondary }),
  caption: css({
    fontSize: 11,
    lineHeight: `${CAPTION_LINE}px`,
    textWrap: 'balance',
    color: theme.colors.text.secondary,
  }),
});
