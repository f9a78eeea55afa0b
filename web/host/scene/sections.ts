/** The parts of a dashboard, one beneath the other: what stands above the first row, and each row with what it holds. */
import { compactTiles, type Place } from './compact-tiles';
import { isRow, type Dashboard, type DashboardPanel, type DashboardRow } from './dashboard';

interface Section {
  row?: DashboardRow;
  panels: DashboardPanel[];
}

export interface PlacedPanel {
  panel: DashboardPanel;
  place: Place;
  /** Of those at the top, which are drawn before all others. */
  isFirst: boolean;
}

export interface PlacedSection {
  row?: DashboardRow;
  panels: PlacedPanel[];
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

/** The dashboard's sections, each with its panels where they stand. */
export function placeSections({ panels }: Dashboard): PlacedSection[] {
  const sections = sectionsOf(panels);
  const firstOpen = sections.find(({ row }) => row?.collapsed !== true);
  return sections.map((section) => ({
    row: section.row,
    panels: compactTiles(section.panels.map((panel) => ({ panel, place: panel.gridPos }))).map(({ panel, place }) => ({
      panel,
      place,
      isFirst: section === firstOpen && place.y === 0,
    })),
  }));
}

/** The plugins that draw the panels at the top. */
export const firstPlugins = (dashboard: Dashboard): ReadonlySet<string> =>
  new Set(
    placeSections(dashboard).flatMap(({ panels }) =>
      panels.filter(({ isFirst }) => isFirst).map(({ panel }) => panel.type),
    ),
  );
