jest.mock('virtual:shared-libraries', () => ({ shared: new Map([['a-library', { Button: 'a button' }]]) }), {
  virtual: true,
});

import { installDefine } from './loader';

/** What a module makes of a library. */
function defineWith<T>(library: string, use: (exports: Record<string, unknown>) => T): T | undefined {
  let made: T | undefined;
  window.define?.([library], (exports) => {
    made = use(exports as Record<string, unknown>);
  });
  return made;
}

beforeAll(installDefine);

it('a module gets what the page shares', () => {
  expect(defineWith('a-library', ({ Button }) => Button)).toBe('a button');
});

it('what the page was built without is an error that names it, and the way out', () => {
  expect(() => defineWith('a-library', ({ Select }) => Select)).toThrow(
    'a plugin module uses Select of a-library, which this page was built without; build it again',
  );
});

it('a bundler may look for a default export, and a promise for `then`', () => {
  expect(defineWith('a-library', (library) => [library['default'], library['then'], 'default' in library])).toEqual([
    undefined,
    undefined,
    false,
  ]);
});

it('a library the page does not share is an error that names it', () => {
  expect(() => defineWith('another', () => 0)).toThrow("needs 'another', which the page does not share");
});
