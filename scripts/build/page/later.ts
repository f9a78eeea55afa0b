/**
 * Components of @grafana/ui that no first tile shows: each is loaded when it is drawn for the first time. Whoever draws one
 * does so within a `Suspense`.
 */
import type { Plugin } from 'vite';

/** By file within the library; the components it exports. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'Select/Select': [
    'Select',
    'MultiSelect',
    'AsyncSelect',
    'AsyncMultiSelect',
    'VirtualizedSelect',
    'AsyncVirtualizedSelect',
  ],
  'DateTimePickers/TimeRangePicker': ['TimeRangePicker', 'TimePickerButtonLabel', 'TimePickerTooltip'],
  'Combobox/Combobox': ['Combobox'],
  'Combobox/MultiCombobox': ['MultiCombobox'],
};

const FILE = /@grafana\/ui\/dist\/esm\/components\/(.+)\.mjs$/;
/** Marks the import of the file itself. */
const ITSELF = '?itself';

/** A module with the same names, whose components load the file. */
export function toLazyModule(file: string, components: readonly string[]): string {
  const itself = JSON.stringify(`${file}${ITSELF}`);
  return [
    `import { lazy } from 'react';`,
    `const load = () => import(${itself});`,
    ...components.map(
      (name) => `export const ${name} = lazy(() => load().then((library) => ({ default: library.${name} })));`,
    ),
  ].join('\n');
}

export const loadLater: Plugin = {
  name: 'load-later',
  enforce: 'pre',
  load: (id) => {
    const components = LATER[FILE.exec(id)?.[1] ?? ''];
    return components === undefined ? null : toLazyModule(id, components);
  },
};
