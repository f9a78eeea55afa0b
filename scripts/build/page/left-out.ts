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
];

export const leaveOut: Plugin = {
  name: 'leave-out',
  enforce: 'pre',
  load: (id) => REPLACED.find(([file]) => file.test(id))?.[1] ?? null,
};
