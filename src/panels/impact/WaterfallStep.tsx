import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import { StepTooltip } from './StepTooltip';
import { amountOfStep, intervalOfStep, markOfStep, nameOfStep, stepSentence, widthOfAmount } from './step-words';
import type { Step } from './waterfall-layout';

interface WaterfallStepProps {
  step: Step;
  impact: Impact;
  input: ImpactInput | undefined;
  left: number;
  width: number;
  /** The amount in three digits: one of its row has no room for more. */
  isShort: boolean;
  /** Kept free at the right of the amount, px. */
  reserved: number;
  /** Top of the bar, and foot of all bars, px from the top. */
  above: number;
  bottom: number;
}

/** An interval that is wider than its column breaks between its ends. */
const BREAKABLE = '…\u200B';

/** The words of one step, over its bar: amount, name, interval; how it came about on hover and focus. */
export function WaterfallStep({
  step,
  impact,
  input,
  left,
  width,
  isShort,
  reserved,
  above,
  bottom,
}: WaterfallStepProps) {
  const styles = useStyles2(getStyles);
  const isIntervalFirst = impact.state !== 'result';
  const amount = `${markOfStep(step.name, input)}${amountOfStep(step, impact.currency, isShort)}`;
  // Centred on its bar; what would run into the reserved room ends before it instead.
  const isCentred = widthOfAmount(amount) <= width - 2 * reserved;
  const place = isCentred ? {} : { right: reserved, textAlign: 'right' as const };
  return (
    <Tooltip content={<StepTooltip step={step} impact={impact} input={input} />} placement="top">
      <div
        className={styles.step}
        style={{ left, width }}
        tabIndex={0}
        role="img"
        aria-label={stepSentence(step, impact)}
      >
        {!isIntervalFirst && (
          <div className={styles.amount} style={{ top: above - 22, ...place }}>
            {amount}
          </div>
        )}
        <div className={styles.foot} style={{ top: bottom + 6 }}>
          <div className={styles.name}>{nameOfStep(step)}</div>
          <div className={isIntervalFirst ? styles.firstInterval : styles.interval}>
            {intervalOfStep(step).replace('…', BREAKABLE)}
          </div>
          {isIntervalFirst && step.amount !== null && <div className={styles.interval}>est. {amount}</div>}
        </div>
      </div>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const line = { position: 'absolute', left: 0, right: 0, whiteSpace: 'nowrap', textAlign: 'center' } as const;
  return {
    step: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
    }),
    amount: css({ ...line, fontSize: 14, lineHeight: '20px', color: theme.colors.text.maxContrast }),
    foot: css(line),
    name: css({ fontSize: 12, lineHeight: '18px', color: theme.colors.text.primary }),
    interval: css({ whiteSpace: 'normal', fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary }),
    firstInterval: css({ whiteSpace: 'normal', fontSize: 11, lineHeight: '18px', color: theme.colors.text.primary }),
  };
};
