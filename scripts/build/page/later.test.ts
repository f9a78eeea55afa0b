import { toLazyModule } from './later';

test('a component that is loaded later keeps its name and loads its file', () => {
  expect(toLazyModule('/ui/Select.mjs', ['Select', 'MultiSelect']).split('\n')).toEqual([
    `import { lazy } from 'react';`,
    `const load = () => import("/ui/Select.mjs?itself");`,
    `export const Select = lazy(() => load().then((library) => ({ default: library.Select })));`,
    `export const MultiSelect = lazy(() => load().then((library) => ({ default: library.MultiSelect })));`,
  ]);
});
