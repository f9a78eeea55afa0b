/** A dashboard's JSON model as a scene; Grafana's own transformation is not published. */
import {
  behaviors,
  dataLayers,
  SceneDataLayerSet,
  SceneDataTransformer,
  SceneQueryRunner,
  SceneTimeRange,
  SceneVariableSet,
  VizPanel,
  type SceneDataProvider,
} from '@grafana/scenes';
import { panelMenu } from '../panel/panel-menu';
import type { Dashboard, DashboardAnnotation, DashboardPanel } from './dashboard';
import { DashboardScene } from './DashboardScene';
import { drawLate } from './drawLate';
import { LateControls } from './LateControls';
import { LateTile } from './LateTile';
import { placeSections, type PlacedSection } from './sections';
import { Tile, TileGrid, TileSection } from './TileGrid';
import { toSceneVariable } from './variables';

function panelData(panel: DashboardPanel): SceneDataProvider | undefined {
  if (panel.targets.length === 0) {
    return undefined;
  }
  const runner = new SceneQueryRunner({
    queries: panel.targets,
    datasource: panel.datasource ?? undefined,
    maxDataPoints: panel.maxDataPoints ?? undefined,
    maxDataPointsFromWidth: true,
    minInterval: panel.interval ?? undefined,
  });
  return panel.transformations.length === 0
    ? runner
    : new SceneDataTransformer({ $data: runner, transformations: panel.transformations });
}

function toPanel(panel: DashboardPanel): VizPanel {
  return new VizPanel({
    key: `panel-${panel.id}`,
    pluginId: panel.type,
    pluginVersion: panel.pluginVersion,
    title: panel.title,
    description: panel.description,
    options: panel.options,
    fieldConfig: panel.fieldConfig,
    displayMode: panel.transparent ? 'transparent' : 'default',
    hoverHeader: panel.title === '',
    menu: panelMenu(),
    $data: panelData(panel),
  });
}

function toSection({ row, panels }: PlacedSection): TileSection {
  return new TileSection({
    key: row && `panel-${row.id}`,
    title: row?.title,
    isCollapsed: row?.collapsed ?? false,
    tiles: panels.map(({ panel, place, isFirst }) => {
      const body = toPanel(panel);
      return new Tile({ place, body: isFirst ? body : new LateTile(body) });
    }),
  });
}

/** Grafana's own annotations are kept in Grafana; those of a data source are asked for like any query. */
const isAsked = ({ builtIn, datasource, enable }: DashboardAnnotation): boolean =>
  enable && builtIn !== 1 && datasource?.uid !== '-- Grafana --';

const annotationLayers = (annotations: readonly DashboardAnnotation[]): SceneDataLayerSet =>
  new SceneDataLayerSet({
    layers: annotations.map((query) => new dataLayers.AnnotationsDataLayer({ name: query.name, query })),
  });

/** The dashboard with its variables, time range and refresh. `refresh` applies where the dashboard says nothing. */
export function buildScene(dashboard: Dashboard, refresh: string): DashboardScene {
  const { time, timezone } = dashboard;
  const ownRefresh = dashboard.refresh === false ? '' : dashboard.refresh;
  const annotations = dashboard.annotations.list.filter(isAsked);
  return new DashboardScene({
    title: dashboard.title,
    $data: annotations.length === 0 ? undefined : annotationLayers(annotations),
    $timeRange: new SceneTimeRange({ ...time, timeZone: timezone === 'browser' ? undefined : timezone }),
    $variables: new SceneVariableSet({ variables: dashboard.templating.list.map(toSceneVariable) }),
    $behaviors: [new behaviors.CursorSync({ key: 'cursor', sync: dashboard.graphTooltip }), drawLate],
    controls: new LateControls(ownRefresh ?? refresh),
    body: new TileGrid({ sections: placeSections(dashboard).map(toSection) }),
  });
}
