/** A dashboard's JSON model as a scene; Grafana's own transformation is not published. */
import {
  behaviors,
  dataLayers,
  SceneControlsSpacer,
  SceneDataLayerSet,
  SceneDataTransformer,
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
import { compactTiles } from './compact-tiles';
import { drawLateTiles, LateTile } from './LateTile';
import { RefreshControl } from './RefreshControl';
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

interface Section {
  row?: DashboardRow;
  panels: DashboardPanel[];
}

/** Panels after an open row belong to that row, as in Grafana. */
function sectionsOf(panels: Dashboard['panels']): Section[] {
  const first: Section = { panels: [] };
  const sections = [first];
  let open = first;
  for (const panel of panels) {
    if (isRow(panel)) {
      const section = { row: panel, panels: [...panel.panels] };
      sections.push(section);
      open = panel.collapsed ? { panels: [] } : section;
      if (panel.collapsed) {
        sections.push(open);
      }
    } else {
      open.panels.push(panel);
    }
  }
  return sections.filter(({ row, panels: within }) => row !== undefined || within.length > 0);
}

function toSection({ row, panels }: Section, isFirst: boolean): TileSection {
  const placed = compactTiles(panels.map((panel) => ({ panel, place: panel.gridPos })));
  return new TileSection({
    key: row && `panel-${row.id}`,
    title: row?.title,
    isCollapsed: row?.collapsed ?? false,
    tiles: placed.map(({ panel, place }) => {
      const body = toPanel(panel);
      return new Tile({ place, body: isFirst && place.y === 0 ? body : new LateTile(body) });
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
  const sections = sectionsOf(dashboard.panels);
  const firstOpen = sections.find(({ row }) => row?.collapsed !== true);
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
    body: new TileGrid({ sections: sections.map((section) => toSection(section, section === firstOpen)) }),
  });
}
