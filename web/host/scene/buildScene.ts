/** A dashboard's JSON model as a scene; Grafana's own transformation is not published. */
import {
  behaviors,
  dataLayers,
  SceneControlsSpacer,
  SceneDataLayerSet,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
  type SceneDataProvider,
} from '@grafana/scenes';
import { panelMenu } from '../panel/panel-menu';
import { isRow, type Dashboard, type DashboardAnnotation, type DashboardPanel, type DashboardRow } from './dashboard';
import { DashboardScene } from './DashboardScene';
import { drawLateTiles, LateTile } from './LateTile';
import { RefreshControl } from './RefreshControl';
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

/** Height of one unit of the grid with its gap, as Grafana's grid lays it out. */
const ROW_PX = 38;

function gridItem(panel: DashboardPanel): SceneGridItem {
  const { x, y, w, h } = panel.gridPos;
  const body = new VizPanel({
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
  const isBelow = y * ROW_PX >= window.innerHeight;
  return new SceneGridItem({
    x,
    y,
    width: w,
    height: h,
    isDraggable: false,
    isResizable: false,
    body: isBelow ? new LateTile(body) : body,
  });
}

const gridRow = (row: DashboardRow): SceneGridRow =>
  new SceneGridRow({
    key: `panel-${row.id}`,
    title: row.title,
    isCollapsed: row.collapsed,
    y: row.gridPos.y,
    children: row.panels.map(gridItem),
  });

/** The grid: panels after an open row belong to that row, as in Grafana. */
function gridChildren(panels: Dashboard['panels']): Array<SceneGridItem | SceneGridRow> {
  const children: Array<SceneGridItem | SceneGridRow> = [];
  let openRow: SceneGridRow | undefined;
  for (const panel of panels) {
    if (isRow(panel)) {
      const row = gridRow(panel);
      openRow = panel.collapsed ? undefined : row;
      children.push(row);
    } else if (openRow === undefined) {
      children.push(gridItem(panel));
    } else {
      openRow.setState({ children: [...openRow.state.children, gridItem(panel)] });
    }
  }
  return children;
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
    $behaviors: [new behaviors.CursorSync({ key: 'cursor', sync: dashboard.graphTooltip }), drawLateTiles],
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new RefreshControl({ refresh: ownRefresh ?? refresh }),
    ],
    body: new SceneGridLayout({
      isDraggable: false,
      isResizable: false,
      isLazy: false,
      children: gridChildren(dashboard.panels),
    }),
  });
}
