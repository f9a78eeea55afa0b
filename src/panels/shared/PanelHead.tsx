import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Provenance } from '../../calc/provenance';
import { ProvenanceBadge } from './ProvenanceBadge';

interface PanelHeadProps {
  /** What the numbers are about, most important first; drawn with dots between, cut off at the right where room ends. */
  facts: readonly string[];
  provenance?: Provenance | undefined;
  now: number;
}

/** The first line of every panel: facts on the left, the provenance badge on the right. */
export function PanelHead({ facts, provenance, now }: PanelHeadProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.head}>
      <div className={styles.facts} title={facts.join(' · ')}>
        {facts.map((fact, index) => (
          <span key={fact}>
            {index > 0 && <span className={styles.dot}>·</span>}
            {fact}
          </span>
        ))}
      </div>
      {provenance && <ProvenanceBadge provenance={provenance} now={now} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: 12,
    height: 20,
    flex: 'none',
  }),
  facts: css({
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: 12,
    lineHeight: '20px',
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
    '& > span:first-of-type': { color: theme.colors.text.primary },
  }),
  dot: css({ margin: '0 8px', color: theme.colors.text.disabled }),
});
