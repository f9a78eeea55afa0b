/** What the statistics weigh in the browser: every module of `src/calc` that the browser's code names, in one bundle. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { glob } from 'tinyglobby';
import { preProcessFile } from 'typescript';
import { build } from 'vite';
import { PROJECT } from '../../demo/stores/project';
import type { Figure } from './figure';

const ENTRY = 'virtual:calc';
const BROWSER_SOURCES = ['src/{app,datasource,panels}/**/*.{ts,tsx}', 'web/host/**/*.{ts,tsx}'];
const CALC = join(PROJECT, 'src/calc/');

export async function benchSize(): Promise<Figure[]> {
  const modules = await calcModulesInBrowser();
  const source = modules.map((path, index) => `export * as calc${index} from ${JSON.stringify(path)};`).join('\n');
  const bundle = await build({
    root: PROJECT,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'calc-entry',
        resolveId: (id) => (id === ENTRY ? ENTRY : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
    build: { write: false, minify: 'esbuild', rollupOptions: { input: ENTRY, preserveEntrySignatures: 'strict' } },
  });
  const outputs = [bundle].flat().flatMap((part) => ('output' in part ? part.output : []));
  const code = outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
  return [
    {
      what: `src/calc for the browser, gzipped (${modules.length} modules named, with all they need)`,
      value: gzipSync(code, { level: 9 }).length / 1000,
      unit: 'kB',
      goal: { atMost: 60 },
    },
  ];
}

/** Absolute paths of the modules, without those only tests or types name. */
async function calcModulesInBrowser(): Promise<string[]> {
  const named = new Set<string>();
  for (const file of await glob(BROWSER_SOURCES, { cwd: PROJECT, ignore: '**/*.test.*' })) {
    const path = join(PROJECT, file);
    for (const { fileName } of preProcessFile(readFileSync(path, 'utf8')).importedFiles) {
      const target = `${join(dirname(path), fileName)}.ts`;
      if (!relative(CALC, target).startsWith('..')) {
        named.add(target);
      }
    }
  }
  return [...named].sort();
}
