/** The journeys in a real Grafana, as jest sees them: run once by Playwright Test, which Grafana's models are written for. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const url = process.env['GRAFANA_URL'];
if (url === undefined) {
  console.warn('the journeys in a real Grafana are skipped: GRAFANA_URL is not set');
}

/** Signing in leaves a cookie in the folder it runs in. */
const workFolder = path.join(__dirname, '../../../.cache');
const TIMEOUT_MS = 10 * 60_000;
const config = path.join(__dirname, 'playwright.config.ts');
const specs = readdirSync(__dirname).filter((name) => name.endsWith('.spec.ts'));

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(z.object({ results: z.array(z.object({ error: z.object({ message: z.string() }).optional() })) })),
});
interface Suite {
  specs: Array<z.infer<typeof specSchema>>;
  suites?: Suite[];
}
const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(specSchema), suites: z.array(suiteSchema).optional() }),
);
const reportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string() })),
});

interface Outcome {
  file: string;
  title: string;
  failure: string | null;
}

const outcomesOf = ({ specs: own, suites = [] }: Suite): Outcome[] => [
  ...own.map(({ file, title, ok, tests }) => ({
    file: path.basename(file),
    title,
    failure: ok
      ? null
      : (tests.flatMap(({ results }) => results.flatMap(({ error }) => error ?? []))[0]?.message ?? 'failed'),
  })),
  ...suites.flatMap(outcomesOf),
];

async function runJourneys(): Promise<Outcome[]> {
  const playwright = path.join(path.dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  mkdirSync(workFolder, { recursive: true });
  const child = spawn(process.execPath, [playwright, 'test', '--config', config, '--reporter', 'json'], {
    cwd: workFolder,
    // Jest's own variables would make Playwright think that it runs inside a test.
    env: { ...process.env, JEST_WORKER_ID: undefined, NODE_OPTIONS: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const { suites, errors } = reportSchema.parse(JSON.parse(output));
  if (errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join('\n'));
  }
  return suites.flatMap(outcomesOf);
}

(url === undefined ? describe.skip : describe)(`Grafana at ${url ?? 'GRAFANA_URL'}`, () => {
  let outcomes: Outcome[];

  beforeAll(async () => {
    outcomes = await runJourneys();
  }, TIMEOUT_MS);

  it.each(specs)('%s', (spec) => {
    const own = outcomes.filter(({ file }) => file === spec);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ failure }) => failure !== null)).toEqual([]);
  });
});
