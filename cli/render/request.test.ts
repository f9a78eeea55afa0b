import { readRequest } from './request';

const flags = { theme: 'light', density: '2', out: '.' };

test('what is not said has a default fit for print', () => {
  expect(readRequest([], flags)).toMatchObject({
    dashboards: [],
    panels: [],
    themes: ['light'],
    formats: ['png'],
    size: null,
    density: 2,
    from: null,
    to: null,
    url: null,
  });
});

test.each([
  ['the format follows the file', { out: 'a/b.pdf' }, { formats: ['pdf'] }],
  ['a format that is named wins', { out: 'a/b.pdf', format: 'png' }, { formats: ['png'] }],
  [
    'several themes and formats, each once',
    { theme: 'light, dark,light', format: 'png,pdf' },
    { themes: ['light', 'dark'], formats: ['png', 'pdf'] },
  ],
  ['a width alone', { size: '1200' }, { size: { width: 1200, height: null } }],
  ['width and height', { size: '1200x600' }, { size: { width: 1200, height: 600 } }],
  ['panels, each once', { panel: ['2', '1', '2'] }, { panels: [2, 1] }],
  ['variables, with = in a value', { var: ['a=1', 'b=x=y'] }, { variables: new Map([['a', '1'], ['b', 'x=y']]) }], // prettier-ignore
  ['a range of ten years', { from: 'now-10y', to: 'now' }, { from: 'now-10y', to: 'now' }],
])('%s', (_, given, expected) => {
  expect(readRequest([], { ...flags, ...given })).toMatchObject(expected);
});

test.each([
  ['theme', 'blue'],
  ['format', 'jpeg'],
  ['size', 'big'],
  ['size', '10x10'],
  ['size', '99999x100'],
  ['density', '5'],
  ['density', '0'],
  ['density', 'high'],
  ['from', 'yesterday'],
  ['url', 'localhost:8050'],
])('--%s %s is refused, naming the flag', (name, value) => {
  expect(() => readRequest([], { ...flags, [name]: value })).toThrow(`--${name}`);
});

test.each([
  ['panel', ['x'], '--panel'],
  ['panel', ['0'], '--panel'],
  ['var', ['experiment'], '--var'],
  ['timeZone', 'Mars/Olympus', '--time-zone'],
])('%s %s is refused as %s', (name, value, flag) => {
  expect(() => readRequest([], { ...flags, [name]: value })).toThrow(flag);
});
