import { css } from '@emotion/css';
import type { PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { NoData } from '../shared/NoData';
import { PanelHead } from '../shared/PanelHead';
import { panelStateOf } from '../shared/panel-state';
import { QueryFailed } from '../shared/QueryFailed';
import { stateActions } from '../shared/state-actions';
import { StateMessage } from '../shared/StateMessage';
import { useLastFrames } from '../shared/use-last-frames';
import { useNow } from '../shared/use-now';
import { readImpact } from './answer';
import { ImpactView } from './ImpactView';
import { parametersSetHere, type ImpactOptions } from './options';

/** Grafana's title starts this much to the right of a panel's content; the two left edges are one. */
const INSET = 4;

/** The panel: the impact, or the state that stands for it. */
export function ImpactPanel({ data, options, width, height, fieldConfig }: PanelProps<ImpactOptions>) {
  const styles = useStyles2(getStyles);
  const now = useNow();
  const state = panelStateOf(useLastFrames(data));
  const setHere = useMemo(() => parametersSetHere(options), [options]);
  const series = state.kind === 'ready' ? state.series : null;
  const answer = useMemo(() => (series === null ? null : readImpact(series)), [series]);
  return (
    <div className={styles.panel} style={{ width, height }}>
      {state.kind === 'failed' && (
        <QueryFailed error={state.error} failure={state.meta?.failures?.[0]} actions={stateActions(data)} />
      )}
      {state.kind === 'no-data' && (
        <>
          <PanelHead facts={[]} provenance={state.meta?.provenance} now={now} />
          <NoData meta={state.meta} now={now} noValue={fieldConfig.defaults.noValue} actions={stateActions(data)} />
        </>
      )}
      {state.kind === 'ready' && answer === null && (
        <StateMessage
          glyph="dashed-ring"
          tone="neutral"
          title="No impact in this answer"
          text="The panel reads a query of type “impact”: choose it in the query editor."
        />
      )}
      {answer !== null && (
        <ImpactView
          answer={answer}
          setHere={setHere}
          hasAdvice={options.showAdvice}
          hasWhatIf={options.showWhatIf}
          width={width - 2 * INSET}
          height={height}
          now={now}
        />
      )}
    </div>
  );
}

const getStyles = () => ({
  panel: css({ display: 'flex', flexDirection: 'column', overflow: 'hidden', padding: `0 ${INSET}px` }),
});
