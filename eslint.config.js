import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The architecture's arrows (docs/design): calc ← contract ← {datasource, panels, pkg}; pkg/sdk knows nothing of A/B tests. */
const layers = [
  { target: './src/calc', from: './src', except: ['./calc'] },
  { target: './src/calc', from: ['./pkg', './web', './cli', './demo'] },
  { target: './src/contract', from: './src', except: ['./contract', './calc'] },
  { target: './src/contract', from: ['./pkg', './web', './cli', './demo'] },
  { target: './src/datasource', from: './src/panels' },
  { target: './src/panels', from: './src/datasource' },
  { target: './src', from: ['./pkg', './web', './cli', './demo'] },
  { target: './pkg', from: ['./src/datasource', './src/panels', './web', './cli', './demo'] },
  { target: './pkg/sdk', from: ['./src', './pkg'], except: ['./sdk'] },
  { target: './pkg/sources', from: './pkg/queries' },
  {
    target: './web',
    from: ['./src/calc', './src/datasource', './src/panels', './pkg/queries', './pkg/sources', './cli', './demo'],
  },
  { target: './cli', from: ['./src/datasource', './src/panels', './pkg/queries', './pkg/sources'] },
];

export default tseslint.config(
  { ignores: ['**/dist', 'node_modules', '.cache', 'pkg/sdk/generated', 'coverage'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { zones: layers }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['src/calc/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(?!\\.|@stdlib/)', message: 'src/calc imports nothing but @stdlib and its own files.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'Date', 'process', 'fetch', 'window'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'pass a seed' }],
    },
  },
  {
    // The page, and the editors' tests, stand in for Grafana, and so offer what it still offers to older plugins.
    files: ['web/host/**', 'src/datasource/*.test.tsx', 'src/datasource/testing/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['src/contract/**', 'pkg/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['react', 'react-dom', '@grafana/*'] }] },
  },
);
