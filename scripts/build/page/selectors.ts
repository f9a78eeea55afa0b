/**
 * Grafana's names for tests and screen readers, those of the newest version only. The library brings those of every version
 * and picks among hundreds each time a page starts, with a parser of version numbers of its own.
 */
import { selectors } from '@grafana/e2e-selectors';
import type { Plugin } from 'vite';

const INDEX = /@grafana\/e2e-selectors\/dist\/esm\/selectors\/index\.mjs$/;

/** A value of the library as source code. @throws Error for one that is no text, function or group of those */
export function toSource(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      // Each only puts its arguments into a text.
      return `(${value.toString()})`;
    case 'object': {
      const members = Object.entries(value ?? {}).map(
        ([name, member]) => `${JSON.stringify(name)}: ${toSource(member)}`,
      );
      return `{ ${members.join(', ')} }`;
    }
    default:
      throw new Error(`@grafana/e2e-selectors holds a ${typeof value}, which the page's build cannot write down`);
  }
}

export const pickSelectors: Plugin = {
  name: 'pick-selectors',
  enforce: 'pre',
  load: (id) =>
    INDEX.test(id)
      ? [
          `export const selectors = ${toSource(selectors)};`,
          'export const { components: Components, pages: Pages } = selectors;',
        ].join('\n')
      : null,
};
