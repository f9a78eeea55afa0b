/**
 * The one copy of each library that plugin modules share with the page, as the module `virtual:shared-libraries`. It holds
 * what the bundle's own modules import and nothing else: whole, @grafana/ui alone would double the page's JavaScript.
 */
import type { Plugin } from 'vite';
import type { Imports } from '../modules';

const NAME = 'virtual:shared-libraries';
const ID = `\0${NAME}`;

export function shareLibraries(imports: Imports): Plugin {
  return {
    name: 'share-libraries',
    resolveId: (id) => (id === NAME ? ID : null),
    load: (id) => (id === ID ? toModule(imports) : null),
  };
}

/** Exports `shared`, a map from a library's name to an object of its exports. */
export function toModule(imports: Imports): string {
  const libraries = [...imports].toSorted(([one], [other]) => one.localeCompare(other));
  const bound = libraries.map(([library, names], index) => ({ library, bindings: bindingsOf([...names], index) }));
  return [
    ...bound.map(({ library, bindings }) => `import ${bindings.imported} from ${JSON.stringify(library)};`),
    'export const shared = new Map([',
    ...bound.map(({ library, bindings }) => `  [${JSON.stringify(library)}, ${bindings.exported}],`),
    ']);',
  ].join('\n');
}

function bindingsOf(names: readonly string[], index: number): { imported: string; exported: string } {
  const library = `library${String(index)}`;
  if (names.includes('*')) {
    return { imported: `* as ${library}`, exported: library };
  }
  const sorted = names.toSorted();
  const local = (name: string) => `${library}_${name}`;
  return {
    imported: `{ ${sorted.map((name) => `${name} as ${local(name)}`).join(', ')} }`,
    exported: `{ ${sorted.map((name) => `${name}: ${local(name)}`).join(', ')} }`,
  };
}
