import { css } from '@emotion/css';
import { FieldType, type DataFrame, type PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { NoData } from '../shared/NoData';
import { panelStateOf } from '../shared/panel-state';
import { QueryFailed } from '../shared/QueryFailed';
import { StateMessage } from '../shared/StateMessage';
import { stateActions } from '../shared/state-actions';
import { useLastFrames } from '../shared/use-last-frames';
import { useNow } from '../shared/use-now';
import { readAnnotations } from './annotation-marks';
import { DriftBins } from './DriftBins';
import { readDriftBins } from '../shared/drift-bins';
import type { TrendOptions } from './options';
import { readReplay, type Replay } from './replay';
import { ReplayChart } from './ReplayChart';
import { TrendChart } from './TrendChart';

/** One replay a panel: of the first variant; the query's own filter picks another. */
function firstReplay(series: readonly DataFrame[]): Replay | null {
  for (const frame of series) {
    const replay = readReplay(frame);
    if (replay !== null) {
      return replay;
    }
  }
  return null;
}

/** Time series, or the replay of an experiment, or the state that stands for them. */
export function TrendPanel(props: PanelProps<TrendOptions>) {
  const { data, options, width, height, timeRange, timeZone, fieldConfig, eventBus, onChangeTimeRange } = props;
  const styles = useStyles2(getStyles);
  const now = useNow();
  const frames = useLastFrames(data);
  const state = useMemo(() => panelStateOf(frames), [frames]);
  const replay = useMemo(() => (state.kind === 'ready' ? firstReplay(state.series) : null), [state]);
  const own = state.kind === 'ready' ? state.meta?.marks : undefined;
  const marks = useMemo(
    () => [...readAnnotations(data.annotations ?? []), ...(own ?? [])].sort((a, b) => a.at - b.at),
    [data.annotations, own],
  );
  const content = () => {
    switch (state.kind) {
      case 'waiting':
        return null;
      case 'failed':
        return <QueryFailed error={state.error} failure={state.meta?.failures?.[0]} actions={stateActions(data)} />;
      case 'no-data':
        return (
          <NoData meta={state.meta} now={now} noValue={fieldConfig.defaults.noValue} actions={stateActions(data)} />
        );
      case 'ready':
        break;
    }
    const { series, meta } = state;
    const drifted = readDriftBins(series);
    if (drifted !== null) {
      return <DriftBins features={drifted} meta={meta} width={width} now={now} />;
    }
    if (!series.some((frame) => frame.fields.some((field) => field.type === FieldType.time))) {
      return (
        <StateMessage
          glyph="circle-info"
          tone="neutral"
          title="No time series"
          text="The answer has no time field. Set the query’s format to time series."
        />
      );
    }
    if (replay?.points.every(({ lift }) => lift === null)) {
      return (
        <StateMessage
          glyph="dashed-ring"
          tone="neutral"
          title="Nothing to replay"
          text={`“${replay.metric.label}” was not counted in the traffic of both variants.`}
        />
      );
    }
    if (replay !== null) {
      return (
        <ReplayChart
          replay={replay}
          marks={marks}
          width={width}
          height={height}
          timeZone={timeZone}
          eventBus={eventBus}
          onChangeTimeRange={onChangeTimeRange}
          now={now}
        />
      );
    }
    const common = { series, meta, options, width, height, timeRange, timeZone, eventBus, onChangeTimeRange, now };
    return <TrendChart {...common} marks={marks} />;
  };
  return (
    <div className={styles.panel} style={{ width, height }}>
      {content()}
    </div>
  );
}

const getStyles = () => ({ panel: css({ display: 'flex', flexDirection: 'column', overflow: 'hidden' }) });
