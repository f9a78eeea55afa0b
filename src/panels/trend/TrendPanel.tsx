import { css } from '@emotion/css';
import { FieldType, type PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { NoData } from '../shared/NoData';
import { panelStateOf } from '../shared/panel-state';
import { QueryFailed } from '../shared/QueryFailed';
import { StateMessage } from '../shared/StateMessage';
import { useLastFrames } from '../shared/use-last-frames';
import { useNow } from '../shared/use-now';
import { readAnnotations } from './annotation-marks';
import type { TrendOptions } from './options';
import { TrendChart } from './TrendChart';

/** Time series, or the replay of an experiment, or the state that stands for them. */
export function TrendPanel(props: PanelProps<TrendOptions>) {
  const { data, options, width, height, timeRange, timeZone, fieldConfig, eventBus, onChangeTimeRange } = props;
  const styles = useStyles2(getStyles);
  const now = useNow();
  const state = panelStateOf(useLastFrames(data));
  const marks = useMemo(() => readAnnotations(data.annotations ?? []), [data.annotations]);
  const content = () => {
    switch (state.kind) {
      case 'waiting':
        return null;
      case 'failed':
        return <QueryFailed error={state.error} failure={state.meta?.failures?.[0]} />;
      case 'no-data':
        return <NoData meta={state.meta} now={now} noValue={fieldConfig.defaults.noValue} />;
      case 'ready':
        break;
    }
    const { series, meta } = state;
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
