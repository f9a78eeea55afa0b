import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Impact } from '../../calc/impact/impact';
import { formatProbability } from '../../calc/notation';
import { countPaidBack } from './OutcomeDots';

interface HeroProps {
  base: Impact;
  whatIf: Impact | null;
  size: number;
  /** Where the dashboard's author links the figure to. */
  link: string | undefined;
}

/** Why there is no chance to give: the first thing that is missing. */
function missingWords({ warnings }: Impact): string {
  const why = warnings.find(({ code }) => code === 'not-measured' || code === 'no-interval');
  return why?.message ?? 'The answer holds no chance to pay back.';
}

/** The one number: the chance that a year's net pays a year's infrastructure. */
export function Hero({ base, whatIf, size, link }: HeroProps) {
  const styles = useStyles2(getStyles);
  const shown = whatIf ?? base;
  const isFirm = base.state === 'result' && whatIf === null;
  const chance = shown.pRoiPositive;
  const outcomes =
    chance === null
      ? missingWords(shown)
      : shown.outcomes.length === 0
        ? 'net exceeds infrastructure'
        : `${countPaidBack(shown)} of ${shown.outcomes.length} equally likely outcomes`;
  return (
    <div>
      <div className={styles.label}>
        {whatIf === null ? 'Chance it pays back within a year' : 'What if: chance it pays back within a year'}
      </div>
      <div
        className={isFirm ? styles.firm : styles.soft}
        style={{ fontSize: size, lineHeight: `${Math.round(size * 1.15)}px` }}
      >
        {link === undefined ? formatProbability(chance) : <a href={link}>{formatProbability(chance)}</a>}
      </div>
      <div className={styles.label}>
        {outcomes}
        {whatIf !== null && `; was ${formatProbability(base.pRoiPositive)}`}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const hero = { fontWeight: 600, letterSpacing: '-0.02em', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' };
  return {
    label: css({ fontSize: 12, lineHeight: '18px', color: theme.colors.text.secondary }),
    firm: css({ ...hero, color: theme.colors.text.maxContrast }),
    soft: css({ ...hero, color: theme.colors.text.secondary }),
  };
};
