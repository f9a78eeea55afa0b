import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import { formatMoney } from '../../calc/notation';
import { StepTooltip } from './StepTooltip';
import { intervalOfStep, markOfStep, nameOfStep, stepSentence } from './step-words';
import { stepsOf, type Step } from './waterfall-layout';

interface TermRowsProps {
  impact: Impact;
  input: ImpactInput | undefined;
}

/** The waterfall where there is no width for one: a row a term, net last. */
export function TermRows({ impact, input }: TermRowsProps) {
  const styles = useStyles2(getStyles);
  const isIntervalFirst = impact.state !== 'result';
  const amountOf = (step: Step) =>
    `${markOfStep(step.name, input)}${formatMoney(step.amount, impact.currency, 'always')}`;
  const estimateOf = (step: Step) => (step.amount === null ? '' : `est. ${amountOf(step)}`);
  return (
    <div>
      {stepsOf(impact).map((step) => (
        <Tooltip key={step.name} content={<StepTooltip step={step} impact={impact} input={input} />} placement="top">
          <div
            className={step.name === 'net' ? styles.net : styles.row}
            tabIndex={0}
            role="group"
            aria-label={stepSentence(step, impact)}
          >
            <span className={styles.name}>{nameOfStep(step)}</span>
            <span className={styles.second}>{isIntervalFirst ? estimateOf(step) : intervalOfStep(step)}</span>
            <span className={styles.first}>{isIntervalFirst ? intervalOfStep(step) : amountOf(step)}</span>
          </div>
        </Tooltip>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const row = {
    display: 'flex',
    alignItems: 'baseline',
    gap: 12,
    padding: '6px 0',
    borderTop: `1px solid ${theme.colors.border.weak}`,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
  } as const;
  return {
    row: css(row),
    net: css({ ...row, fontWeight: 500, borderTopColor: theme.colors.border.strong }),
    name: css({ flex: 1, minWidth: 0, fontSize: 14, color: theme.colors.text.primary }),
    second: css({ fontSize: 12, fontWeight: 400, color: theme.colors.text.secondary }),
    first: css({ minWidth: 84, textAlign: 'right', fontSize: 14, color: theme.colors.text.maxContrast }),
  };
};
