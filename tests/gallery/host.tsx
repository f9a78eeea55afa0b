/** Enough of Grafana around one panel: theme, registries, field overrides, the panel's chrome. */
import type { PanelPlugin } from '@grafana/data';
import {
  applyFieldOverrides,
  dateTime,
  EventBusSrv,
  FieldColorModeId,
  getDefaultTimeRange,
  identityOverrideProcessor,
  displayNameOverrideProcessor,
  LoadingState,
  numberOverrideProcessor,
  setTimeZoneResolver,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  stringOverrideProcessor,
  ThemeContext,
  ThresholdsMode,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  type FieldConfigPropertyItem,
  type GrafanaTheme2,
  type PanelProps,
} from '@grafana/data';
import { GlobalStyles, PanelChrome, PortalContainer } from '@grafana/ui';
import type { GalleryCase } from './gallery-case';
import { NOW } from './fixtures/clock';

const noEditor = () => null;
const property = (id: string, process: FieldConfigPropertyItem['process'], defaultValue?: unknown): FieldConfigPropertyItem => ({
  id, path: id, name: id, description: '', editor: noEditor, override: noEditor, process, settings: {}, shouldApply: () => true, defaultValue,
}); // prettier-ignore

/** Fills the registries that Grafana's start fills: a `PanelPlugin` reads its defaults from them. */
export function initRegistries(): void {
  setTimeZoneResolver(() => 'utc');
  const editors = ['number', 'slider', 'text', 'strings', 'boolean', 'select', 'multi-select', 'radio', 'unit', 'color', 'fieldColor', 'thresholds', 'mappings', 'links', 'actions', 'timezone', 'field-name', 'dashboard-uid', 'stats-picker', 'fieldMinMax']; // prettier-ignore
  standardEditorsRegistry.setInit(() => editors.map((id) => ({ id, name: id, editor: noEditor })));
  standardFieldConfigEditorRegistry.setInit(() => [
    property('unit', unitOverrideProcessor),
    property('min', numberOverrideProcessor),
    property('max', numberOverrideProcessor),
    property('decimals', numberOverrideProcessor),
    property('displayName', displayNameOverrideProcessor),
    property('noValue', stringOverrideProcessor),
    property('color', identityOverrideProcessor, { mode: FieldColorModeId.PaletteClassic }),
    property('links', identityOverrideProcessor),
    property('mappings', identityOverrideProcessor, []),
    property('thresholds', thresholdsOverrideProcessor, {
      mode: ThresholdsMode.Absolute,
      steps: [{ value: -Infinity, color: 'green' }],
    }),
    property('filterable', identityOverrideProcessor),
  ]);
}

interface FramedPanelProps {
  plugin: PanelPlugin;
  picture: GalleryCase;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

function panelProps({ plugin, picture, theme }: FramedPanelProps, width: number, height: number): PanelProps {
  const fieldConfig = picture.fieldConfig ?? { defaults: {}, overrides: [] };
  const replaceVariables = (text: string) => text;
  const series = applyFieldOverrides({
    data: picture.series,
    fieldConfig,
    fieldConfigRegistry: plugin.fieldConfigRegistry,
    replaceVariables,
    theme,
    timeZone: 'utc',
  });
  const from = dateTime(picture.range?.from ?? NOW - 24 * 3600 * 1000);
  const to = dateTime(picture.range?.to ?? NOW);
  const timeRange = { ...getDefaultTimeRange(), from, to, raw: { from, to } };
  return {
    id: 1,
    title: picture.title,
    data: {
      state: picture.state ?? LoadingState.Done,
      series,
      timeRange,
      errors: picture.errors,
      annotations: picture.annotations,
    },
    timeRange,
    timeZone: 'utc',
    options: { ...plugin.defaults, ...picture.options },
    transparent: false,
    width,
    height,
    fieldConfig,
    renderCounter: 0,
    eventBus: new EventBusSrv(),
    replaceVariables,
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    onChangeTimeRange: () => undefined,
  };
}

/** A panel in Grafana's chrome, with Grafana's theme around it. */
export function FramedPanel(props: FramedPanelProps) {
  const { plugin, picture, width, height, theme } = props;
  const Panel = plugin.panel;
  if (Panel === null) {
    throw new Error(`panel ${picture.panel} has no component`);
  }
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <PortalContainer />
      <div id="shot" style={{ width: width + 16, padding: 8, background: theme.colors.background.canvas }}>
        <PanelChrome title={picture.title} width={width} height={height}>
          {(innerWidth, innerHeight) => <Panel {...panelProps(props, innerWidth, innerHeight)} />}
        </PanelChrome>
      </div>
    </ThemeContext.Provider>
  );
}
