/** Each preset over a real Prometheus that holds what its serving system exports. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  blockFolder,
  obtainPrometheus,
  startPrometheus,
  type RunningPrometheus,
} from '../../../demo/stores/prometheus';
import type { SettingsInput } from '../../../src/contract/settings';
import { PRESET_NAMES, type PresetName } from '../../../src/contract/presets';
import { frameNamed, rowsOf } from '../queries/backend';
import { EXPERIMENT, EXPORTERS, TRUTH, writeExporters } from './exporters';
import { TestedPlugin } from './plugin';

const MINUTE = 60_000;
const STEP_SECONDS = 30;
const STEPS = 240;
const END = Math.floor(Date.now() / MINUTE) * MINUTE - MINUTE;
const START = END - STEPS * STEP_SECONDS * 1000;

let server: RunningPrometheus;
let folder: string;
let plugin: TestedPlugin;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uplift-presets-'));
  const history = join(folder, 'history.om');
  await writeFile(history, writeExporters(END / 1000, STEPS, STEP_SECONDS));
  const { promtool } = await obtainPrometheus();
  await promisify(execFile)(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', history, blockFolder(folder)]);
  [server, plugin] = await Promise.all([startPrometheus({ dataDir: folder }), TestedPlugin.start()]);
});

afterAll(async () => {
  await plugin.client.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function settingsOf(preset: PresetName): SettingsInput {
  const { control, treatment } = EXPORTERS[preset].names;
  return {
    prometheus: { url: server.url },
    mapping: { preset },
    experiments: [
      {
        id: EXPERIMENT,
        control,
        variants: [{ name: control, role: 'control' }, { name: treatment }],
        split: { [control]: 70, [treatment]: 30 },
        start: new Date(START).toISOString(),
        end: new Date(END).toISOString(),
        assignment: 'request',
      },
    ],
  };
}

async function ask(preset: PresetName) {
  const { A } = await plugin.client.queryData({
    settings: plugin.settings({ uid: preset, jsonData: settingsOf(preset) }),
    headers: {},
    queries: [
      {
        refId: 'A',
        json: { queryType: 'experiment', experiment: EXPERIMENT },
        range: { from: START, to: END },
        maxDataPoints: 100,
        intervalMs: MINUTE,
      },
    ],
  });
  if (A?.error !== null) {
    throw new Error(A?.error ?? 'no answer');
  }
  return A;
}

describe.each(PRESET_NAMES)('preset %s', (preset) => {
  const { names, hasBuckets, hasErrors } = EXPORTERS[preset];

  it('answers an experiment with what the system counted', async () => {
    const answer = await ask(preset);
    const variants = rowsOf(frameNamed(answer, 'variants'));
    expect(variants.map(({ variant }) => variant)).toEqual([names.control, names.treatment]);
    for (const [row, arm] of variants.map((one, index) => [one, (['control', 'treatment'] as const)[index]] as const)) {
      const truth = TRUTH[arm ?? 'control'];
      // `increase()` extrapolates to the ends of the window, by at most a step at either.
      expect(Number(row['requests']) / (truth.requests * STEPS)).toBeCloseTo(1, 1);
      expect(row['latency_mean_ms']).toBeCloseTo(truth.latencySeconds * 1000, 0);
      expect(row['error_rate'] === null).toBe(!hasErrors);
      expect(row['latency_p95_ms'] === null).toBe(!hasBuckets);
      if (hasErrors) {
        expect(row['error_rate']).toBeCloseTo(truth.errors / truth.requests, 3);
      }
    }
    const errors = rowsOf(frameNamed(answer, 'comparisons')).find(({ metric }) => metric === 'error_rate');
    expect(errors?.['verdict']).toBe(hasErrors ? 'loser' : 'not-enough-data');
  });

  it('finds traffic in the connection test', async () => {
    const { prometheus, mapping } = settingsOf(preset);
    const status = await plugin.test('prometheus', { prometheus, mapping });
    expect(status).toMatchObject({ error: null, reached: 'data' });
    expect(status.newest_sample).not.toBeNull();
  });
});

test('vLLM’s time to first token and tokens a request are compared, too', async () => {
  const rows = rowsOf(frameNamed(await ask('vllm'), 'comparisons'));
  const valuesOf = (id: string) => {
    const row = rows.find(({ metric }) => metric === id);
    return [Number(row?.['value_control']), Number(row?.['value_variant'])];
  };
  const { control, treatment } = TRUTH;
  expect(valuesOf('time_to_first_token_ms')).toEqual([
    expect.closeTo(control.latencySeconds * 500, 1),
    expect.closeTo(treatment.latencySeconds * 500, 1),
  ]);
  expect(valuesOf('prompt_tokens')).toEqual([expect.closeTo(100, 3), expect.closeTo(100, 3)]);
  expect(valuesOf('generation_tokens')).toEqual([expect.closeTo(45, 1), expect.closeTo(62, 1)]);
  // Every request took the same time, so the quantile lies somewhere in its bucket: below 25 ms, and below 50.
  const [p95Control, p95Treatment] = valuesOf('time_to_first_token_p95_ms');
  expect(p95Control).toBeLessThanOrEqual(25);
  expect(p95Treatment).toBeGreaterThan(25);
  expect(rows.find(({ metric }) => metric === 'generation_tokens')).toMatchObject({
    verdict: 'loser',
    source: 'prometheus',
  });
});

test('an unknown preset is an error that names the choices', async () => {
  const wrong = JSON.parse('{"mapping":{"preset":"seldom"}}') as SettingsInput;
  await expect(plugin.test('prometheus', wrong)).rejects.toThrow(
    'mapping.preset: there is no preset “seldom”; choose one of plain, seldon-v1, seldon-v2, kserve, istio, mlserver, bentoml, ray-serve, vllm',
  );
});
