import { css } from '@emotion/css';
import type { PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ComponentProps } from 'react';
import { NoData } from '../shared/NoData';
import { PanelHead } from '../shared/PanelHead';
import { panelStateOf } from '../shared/panel-state';
import { QueryFailed } from '../shared/QueryFailed';
import { stateActions } from '../shared/state-actions';
import { useLastFrames } from '../shared/use-last-frames';
import { useNow } from '../shared/use-now';
import { ComparisonView } from './ComparisonView';
import type { ComparisonOptions } from './options';
import { windowWords } from './test-facts';
import { AlertsView } from './views/AlertsView';
import { DriftView } from './views/DriftView';
import { ExperimentsView } from './views/ExperimentsView';
import { FactsView } from './views/FactsView';
import { NumbersView } from './views/NumbersView';
import { SourcesView } from './views/SourcesView';
import { SplitView } from './views/SplitView';

/** Grafana's title starts this much to the right of a panel's content; the two left edges are one. */
const INSET = 4;

type ViewProps = ComponentProps<typeof ComparisonView>;

function View(props: ViewProps) {
  switch (props.options.view) {
    case 'comparison':
      return <ComparisonView {...props} />;
    case 'split':
      return <SplitView {...props} />;
    case 'experiments':
      return <ExperimentsView {...props} />;
    case 'numbers':
      return <NumbersView {...props} />;
    case 'sources':
      return <SourcesView {...props} />;
    case 'facts':
      return <FactsView {...props} />;
    case 'alerts':
      return <AlertsView {...props} />;
    case 'drift':
      return <DriftView {...props} />;
  }
}

/** The panel: one of its views, or the state that stands for it. */
export function ComparisonPanel({
  data,
  options,
  width,
  height,
  timeZone,
  fieldConfig,
}: PanelProps<ComparisonOptions>) {
  const styles = useStyles2(getStyles);
  const now = useNow();
  const isListing = options.view === 'sources' || options.view === 'experiments';
  const state = panelStateOf(useLastFrames(data), isListing, options.view === 'alerts');
  const meta = state.kind === 'no-data' || state.kind === 'failed' ? state.meta : undefined;
  const facts = meta?.experiment ? [windowWords(meta.experiment, now, timeZone)] : [];
  return (
    <div className={styles.panel} style={{ width, height }}>
      {meta && (
        <PanelHead facts={facts} provenance={state.kind === 'no-data' ? state.meta?.provenance : undefined} now={now} />
      )}
      {state.kind === 'failed' && (
        <QueryFailed error={state.error} failure={state.meta?.failures?.[0]} actions={stateActions(data)} />
      )}
      {state.kind === 'no-data' && (
        <NoData meta={state.meta} now={now} noValue={fieldConfig.defaults.noValue} actions={stateActions(data)} />
      )}
      {state.kind === 'ready' && (
        <View
          series={state.series}
          meta={state.meta}
          options={options}
          width={width - 2 * INSET}
          height={height}
          timeZone={timeZone}
          now={now}
        />
      )}
    </div>
  );
}

const getStyles = () => ({
  panel: css({ display: 'flex', flexDirection: 'column', overflow: 'hidden', padding: `0 ${INSET}px` }),
});
