import { runInThisContext } from 'node:vm';
import { selectors } from '@grafana/e2e-selectors';
import { toSource } from './selectors';

const ARGUMENTS = ['one', 'two'];

/** Every name with what it says, functions called. */
function namesIn(group: unknown, path = ''): Array<[string, string]> {
  if (typeof group === 'string') {
    return [[path, group]];
  }
  if (typeof group === 'function') {
    return [[path, String(Reflect.apply(group, undefined, ARGUMENTS))]];
  }
  return Object.entries(group ?? {}).flatMap(([name, member]) => namesIn(member, `${path}.${name}`));
}

test('the page’s names are the library’s', () => {
  const written: unknown = runInThisContext(`(${toSource(selectors)})`);
  const names = namesIn(written);
  expect(names).toEqual(namesIn(selectors));
  expect(names.length).toBeGreaterThan(500);
});

test('what cannot be written down is refused', () => {
  expect(() => toSource({ pages: { version: 13 } })).toThrow('holds a number');
});
