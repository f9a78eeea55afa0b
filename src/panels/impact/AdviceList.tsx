import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Advice } from './answer';

interface AdviceListProps {
  advice: readonly Advice[];
  isWhatIf: boolean;
  most: number;
}

/** An interval never wraps: a word joiner holds its ends together. */
const keepIntervals = (words: string): string => words.replaceAll('…', '…\u2060');

/** What to do next: verb first, why beneath, at most four. */
export function AdviceList({ advice, isWhatIf, most }: AdviceListProps) {
  const styles = useStyles2(getStyles);
  return (
    <section aria-label="Advice">
      <div className={styles.head} aria-hidden="true">
        <span>{isWhatIf ? 'Advice, what if' : 'Advice'}</span>
        {advice.length > 0 && <span className={styles.confidence}>confidence</span>}
      </div>
      <ol className={styles.list}>
        {advice.slice(0, most).map(({ title, why, confidence }, index) => (
          <li key={title} className={styles.item}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <div className={styles.words}>
              <div className={styles.titleRow}>
                <span className={styles.title}>{title}</span>
                <span className={styles.confidence}>
                  <span className={styles.heard}>confidence: </span>
                  {confidence}
                </span>
              </div>
              <div className={styles.why}>{keepIntervals(why)}</div>
            </div>
          </li>
        ))}
        {advice.length === 0 && <li className={styles.item}>Nothing to advise.</li>}
      </ol>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    fontSize: 12,
    lineHeight: '18px',
    color: theme.colors.text.secondary,
  }),
  list: css({ listStyle: 'none', margin: '4px 0 0', padding: 0, fontVariantNumeric: 'tabular-nums' }),
  item: css({
    display: 'flex',
    gap: 12,
    padding: '8px 0',
    borderTop: `1px solid ${theme.colors.border.weak}`,
    fontSize: 12,
    lineHeight: '18px',
    color: theme.colors.text.secondary,
  }),
  number: css({ flex: 'none', minWidth: 8, fontWeight: 500, lineHeight: '20px' }),
  words: css({ flex: 1, minWidth: 0 }),
  titleRow: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: 8 }),
  title: css({ fontSize: 14, lineHeight: '20px', fontWeight: 500, color: theme.colors.text.maxContrast }),
  why: css({ overflowWrap: 'break-word' }),
  confidence: css({ flex: 'none', fontSize: 11, color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  heard: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
