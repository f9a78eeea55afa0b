/** Parts of Grafana's libraries that the page never shows, though what it shows imports them. */
import type { Plugin } from 'vite';

/** By the end of the file's path; what stands in its place. Plugin modules may name these, so they stay defined. */
const REPLACED: ReadonlyArray<readonly [RegExp, string]> = [
  // Editors of code: nothing here is edited.
  [/@grafana\/ui\/dist\/esm\/components\/.*\/DataLinkInput\.mjs$/, 'export const DataLinkInput = () => null;'],
  [/@grafana\/ui\/dist\/esm\/components\/.*\/QueryInput\.mjs$/, 'export const QueryInput = () => null;'],
  // Pictures of empty states other than “not found”.
  [/@grafana\/ui\/dist\/esm\/.*\/GrotCTA\.mjs$/, 'export const GrotCTA = () => null;'],
  [/@grafana\/ui\/dist\/esm\/.*\/grot-completed\.svg\.mjs$/, `export default '';`],
  // `RefreshControl` draws its own; its base class asks for this name.
  [
    /@grafana\/ui\/dist\/esm\/components\/.*\/RefreshPicker\.mjs$/,
    `export const RefreshPicker = { autoOption: { value: 'auto' } };`,
  ],
  // Controls of filters and groupings that a reader adds: no variable of the page is of these kinds (`variables.ts`).
  ...['AdHocFiltersComboboxRenderer', 'AdHocFilterRenderer', 'AdHocFilterBuilder'].map(
    (name) => [new RegExp(`@grafana/scenes/.*/${name}\\.js$`), `export const ${name} = () => null;`] as const,
  ),
  [/@grafana\/scenes\/.*\/GroupByVariable\.js$/, 'export class GroupByVariable {}'],
];

/** Asked of a library of half a megabyte's size for the name of a cached promise; the whole text names it as well. */
const HASH = { library: 'immutable', importer: /\/getCachedPromise\.mjs$/, id: '\0hash' };

export const leaveOut: Plugin = {
  name: 'leave-out',
  enforce: 'pre',
  resolveId: (name, importer) =>
    name === HASH.library && importer !== undefined && HASH.importer.test(importer) ? HASH.id : null,
  load: (id) =>
    id === HASH.id ? 'export const hash = (text) => text;' : (REPLACED.find(([file]) => file.test(id))?.[1] ?? null),
};
