import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import { formatMoney, formatProbability } from '../../calc/notation';
import { STATE_WORDS } from '../shared/SourceMark';
import { formulaOfStep, intervalOfStep, nameOfStep, stateOfStep } from './step-words';
import type { Step } from './waterfall-layout';

interface StepTooltipProps {
  step: Step;
  impact: Impact;
  input: ImpactInput | undefined;
}

/** Where one amount comes from: how it is computed, its interval, whether it is decided, and how it was measured. */
export function StepTooltip({ step, impact, input }: StepTooltipProps) {
  const styles = useStyles2(getStyles);
  const state = stateOfStep(step.name, input);
  const formula = formulaOfStep(step.name, input, impact);
  const facts: Array<[string, string]> = [
    ['A year', formatMoney(step.amount, impact.currency, 'always')],
    [`${formatProbability(1 - impact.alpha)} interval`, `${intervalOfStep(step)}${step.isDecided ? ', decided' : ''}`],
    ...(step.name === 'net'
      ? ([['Chance above 0', formatProbability(impact.pNetPositive)]] satisfies Array<[string, string]>)
      : []),
    ...(state === null
      ? []
      : ([['Figures', `${STATE_WORDS[state]}; prices assumed`]] satisfies Array<[string, string]>)),
  ];
  return (
    <div className={styles.tooltip}>
      <div className={styles.name}>{nameOfStep(step)}</div>
      {formula !== '' && <div className={styles.formula}>{formula}</div>}
      <dl className={styles.facts}>
        {facts.map(([label, words]) => (
          <div key={label} className={styles.fact}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ fontSize: 12, lineHeight: '18px', fontVariantNumeric: 'tabular-nums' }),
  name: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
  formula: css({ color: theme.colors.text.secondary }),
  facts: css({ margin: '4px 0 0' }),
  fact: css({
    display: 'flex',
    gap: 12,
    '& dt': { width: 96, flex: 'none', fontWeight: 400, color: theme.colors.text.secondary },
    '& dd': { margin: 0 },
  }),
});
