/** {MLflow, Prometheus, InfluxDB} × {up, down, slow, wrong password, empty}, on real servers, against design §7. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import { SOURCE_NAMES } from '../../src/calc/provenance';
import { nameStore } from '../../src/contract/failure';
import { frameNamed, rowsOf } from '../integration/queries/backend';
import { FALLBACK_PAGE, renderFallbackPage } from './fallback-page';
import { inTurns } from './in-turns';
import type { Answers } from './matrix';
import { allConditions, askCase, EXPERIMENT, expectedOutcome, isUp, noticesOf, outcomeOf, upliftOf } from './matrix';
import type { Plugin } from './plugin';
import { startPlugin } from './plugin';
import type { Conditions, FaultStores } from './stores';
import { startStores } from './stores';

/** Cases under way at once: more would make the stores that are up slower than their limits. */
const WIDTH = 6;

interface Case {
  conditions: Conditions;
  answers: Answers;
  /** With `fallback.allowSimulated`, where no store is up. */
  simulated: Answers | null;
}

const nameOf = ({ mlflow, prometheus, influx }: Conditions): string => `${mlflow} | ${prometheus} | ${influx}`;

let stores: FaultStores;
let plugin: Plugin;
let cases: Map<string, Case>;

beforeAll(async () => {
  stores = await startStores([EXPERIMENT]);
  plugin = await startPlugin();
  const asked = await inTurns(allConditions(), WIDTH, async (conditions): Promise<Case> => {
    const ask = async (allowSimulated: boolean): Promise<Answers> => {
      const uid = `${nameOf(conditions)} ${allowSimulated ? 'simulated' : 'plain'}`;
      const dataSource = stores.dataSource(uid, conditions, { fallback: { allowSimulated } });
      const answers = await askCase(plugin, dataSource);
      await plugin.forget(dataSource);
      return answers;
    };
    const isAnyUp = SOURCE_NAMES.some((source) => isUp(conditions[source]));
    return { conditions, answers: await ask(false), simulated: isAnyUp ? null : await ask(true) };
  });
  cases = new Map(asked.map((one) => [nameOf(one.conditions), one]));
}, 1_800_000);

afterAll(async () => {
  await plugin.stop();
  await stores.stop();
});

function caseOf(conditions: Conditions): Case {
  const found = cases.get(nameOf(conditions));
  if (!found) {
    throw new Error(`case ${nameOf(conditions)} was not asked`);
  }
  return found;
}

const all = allConditions().map((conditions): [string, Conditions] => [nameOf(conditions), conditions]);

describe('MLflow | Prometheus | InfluxDB', () => {
  it.each(all)('%s: level, states, failures and the alert are as designed', (_, conditions) => {
    expect(outcomeOf(caseOf(conditions).answers)).toEqual(expectedOutcome(conditions));
  });

  it.each(all)('%s: each failure is told with its store and its fix', (_, conditions) => {
    const { table } = caseOf(conditions).answers;
    const notices = noticesOf(table);
    for (const { source, message, fix } of upliftOf(table).failures ?? []) {
      const label = source ? SOURCE_LABELS[source] : '';
      expect(notices).toContain(`${nameStore(label, message)} ${fix}`);
      expect(`${message} ${fix}`).not.toMatch(/127\.0\.0\.1|:\d{4,5}\b|not the right one/);
    }
  });

  it.each(all)('%s: no verdict rests on what is not measured', (_, conditions) => {
    const { answers, simulated } = caseOf(conditions);
    for (const { table } of simulated ? [answers, simulated] : [answers]) {
      for (const row of rowsOf(frameNamed(table, 'comparisons'))) {
        if (row.state !== 'measured') {
          expect(['inconclusive', 'not-enough-data']).toContain(row.verdict);
        }
      }
    }
  });
});

const without = all.filter(([, conditions]) => !SOURCE_NAMES.some((source) => isUp(conditions[source])));

describe('where no store is up and the data source allows simulated numbers', () => {
  it.each(without)('%s: everything is simulated and says so, and an alert gets none of it', (_, conditions) => {
    const { simulated, answers } = caseOf(conditions);
    if (!simulated) {
      throw new Error('not asked');
    }
    const { table, rule } = simulated;
    expect(upliftOf(table).provenance.level).toBe('simulated');
    for (const name of ['variants', 'comparisons']) {
      for (const row of rowsOf(frameNamed(table, name))) {
        expect(row).toMatchObject({ state: 'simulated', source: null });
      }
    }
    expect(noticesOf(table).join('\n')).toMatch(/simulated/);
    expect(rule.error).toBe(answers.rule.error);
    expect(rule.frames.flatMap(({ fields }) => fields.flatMap(({ values }) => [...values]))).not.toContainEqual(
      expect.any(Number),
    );
  });
});

it('leaves the process alive', () => {
  expect(plugin.isRunning()).toBe(true);
});

it('is what docs/fallback.md says', () => {
  const page = renderFallbackPage(
    [...cases.values()].map(({ conditions, answers }) => ({ conditions, outcome: outcomeOf(answers) })),
  );
  if (process.env.UPLIFT_WRITE_DOCS === '1') {
    writeFileSync(FALLBACK_PAGE, page);
  }
  expect(existsSync(FALLBACK_PAGE) && readFileSync(FALLBACK_PAGE, 'utf8')).toBe(page);
});
