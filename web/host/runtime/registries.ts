/** Fills the registries Grafana fills at start: field options, option editors and transformations. */
import {
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
} from '@grafana/data';
import { NoEditor, standardFieldOptions } from './fieldConfig';

/** The editors a panel's option builder looks up by name. */
const EDITORS = [
  'number', 'slider', 'text', 'strings', 'boolean', 'select', 'multi-select', 'radio', 'unit', 'color', 'fieldColor',
  'thresholds', 'mappings', 'links', 'actions', 'timezone', 'field-name', 'dashboard-uid', 'stats-picker', 'fieldMinMax',
] as const; // prettier-ignore

function transformations() {
  // Two of the published transformers carry the same id, which a registry refuses.
  const byId = new Map(Object.values(standardTransformers).map((transformer) => [transformer.id, transformer]));
  return [...byId.values()].map((transformer) => ({
    id: transformer.id,
    name: transformer.name,
    aliasIds: transformer.aliasIds,
    transformation: () => Promise.resolve(transformer),
    editor: NoEditor,
    imageDark: '',
    imageLight: '',
  }));
}

export function fillRegistries(): void {
  standardFieldConfigEditorRegistry.setInit(standardFieldOptions);
  standardEditorsRegistry.setInit(() => EDITORS.map((id) => ({ id, name: id, editor: NoEditor })));
  standardTransformersRegistry.setInit(transformations);
}
