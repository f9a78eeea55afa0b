import { DashboardCursorSync as CursorSync, type AbsoluteTimeRange, type EventBus } from '@grafana/data';
import { DashboardCursorSync } from '@grafana/schema';
import {
  EventBusPlugin,
  KeyboardPlugin,
  TooltipPlugin2,
  UPlotChart,
  usePanelContext,
  type UPlotConfigBuilder,
} from '@grafana/ui';
import type { AlignedData } from 'uplot';
import type { ReactNode } from 'react';

interface ChartProps {
  config: UPlotConfigBuilder;
  data: AlignedData;
  width: number;
  height: number;
  /** What the chart shows, in words. */
  label: string;
  eventBus: EventBus;
  onZoom: (range: AbsoluteTimeRange) => void;
  /** The tooltip's content at a column of the data. */
  renderTooltip: (index: number) => ReactNode;
}

/** `TooltipHoverMode.xAll`, a const enum that @grafana/ui does not export: every series at the cursor's time. */
const ALL_AT_X = { hoverMode: 1 } as const;

/** The same choice in the enum of @grafana/schema, which the tooltip is typed with. */
function tooltipSync(mode: CursorSync): DashboardCursorSync {
  switch (mode) {
    case CursorSync.Off:
      return DashboardCursorSync.Off;
    case CursorSync.Crosshair:
      return DashboardCursorSync.Crosshair;
    case CursorSync.Tooltip:
      return DashboardCursorSync.Tooltip;
  }
}

/** A chart on uPlot with Grafana's own cursor, tooltip, zoom and keyboard. */
export function Chart({ config, data, width, height, label, eventBus, onZoom, renderTooltip }: ChartProps) {
  const { sync, eventsScope } = usePanelContext();
  const syncMode = tooltipSync(sync?.() ?? CursorSync.Off);
  return (
    <div role="img" aria-label={label}>
      <UPlotChart config={config} data={data} width={width} height={height}>
        <KeyboardPlugin config={config} />
        {syncMode !== DashboardCursorSync.Off && <EventBusPlugin config={config} eventBus={eventBus} />}
        <TooltipPlugin2
          config={config}
          {...ALL_AT_X}
          syncMode={syncMode}
          syncScope={eventsScope}
          queryZoom={onZoom}
          render={(_u, indices) => {
            const index = indices.slice(1).find((candidate) => candidate !== null) ?? indices[0];
            return index == null ? null : renderTooltip(index);
          }}
        />
      </UPlotChart>
    </div>
  );
}
