/**
 * Values, identifiers and sets put into statements by the front end's own code, asked of real stores: whatever a value
 * holds, the store gives it back, or finds exactly what carries it.
 */
import pino from 'pino';
import type { Demo } from '../../../demo/demo';
import { createInstance, type Instance } from '../../../pkg/instance';
import { answerQuery } from '../../../pkg/queries/answer';
import type { DataFrame } from '../../../pkg/sdk/frame';
import { settingsSchema } from '../../../src/contract/settings';
import { interpolateQuery, replacerOf } from '../../../src/datasource/interpolate';
import type { EditedQuery } from '../../../src/datasource/query';
import { HOSTILE_VALUES } from '../../../src/datasource/testing/hostile-values';
import { templatesOf } from '../../../src/datasource/testing/templates';

const DAY = 86_400_000;

/** @param mlflow settings of MLflow beside the demo's own */
export function openInstance({ settings }: Demo, mlflow: Record<string, unknown> = {}): Instance {
  return createInstance({
    uid: 'uplift',
    name: 'Uplift',
    settings: settingsSchema.parse({
      ...settings.jsonData,
      mlflow: { ...settings.jsonData.mlflow, ...mlflow },
    }),
    secrets: settings.secrets,
    logger: pino({ level: 'silent' }),
  });
}

/** An answer's frames. @throws Error with the answer's words */
export async function askInstance(instance: Instance, query: Record<string, unknown>): Promise<DataFrame[]> {
  const now = Date.now();
  const result = await answerQuery('', query, {
    instance,
    refId: 'A',
    range: { from: now - DAY, to: now },
    intervalMs: 60_000,
    maxDataPoints: 500,
    now,
    isAlert: false,
    skipCache: false,
    signal: AbortSignal.timeout(30_000),
  });
  if ('error' in result) {
    throw new Error(result.error);
  }
  return result.frames;
}

const cellsOf = (frames: readonly DataFrame[]): unknown[] =>
  frames.flatMap(({ fields }) => fields.filter(({ type }) => type !== 'time').flatMap(({ values }) => [...values]));

/** To be called by a test file that runs the demo. */
export function statementsHold(demo: () => Demo): void {
  describe('whatever a variable holds', () => {
    let instance: Instance;
    beforeAll(() => {
      instance = openInstance(demo());
    });
    afterAll(() => instance.dispose());

    const ask = (query: EditedQuery, variables: Readonly<Record<string, string | string[]>>) =>
      askInstance(instance, {
        ...interpolateQuery(query, replacerOf(templatesOf(variables), {}), 'influxql'),
        interpolated: true,
      });
    const sql = (rawSql: string): EditedQuery => ({ refId: 'A', queryType: 'mlflow', format: 'table', rawSql });

    it('SQL: PostgreSQL gives each value back as it was', async () => {
      const statement = sql(
        `SELECT '$one' AS text, E'$one' AS escaped, $one AS bare, "column1" AS named /* $one */ FROM (VALUES ('$one')) v -- $one`,
      );
      for (const value of HOSTILE_VALUES) {
        expect(cellsOf(await ask(statement, { one: value }))).toEqual([value, value, value, value]);
      }
    });

    it('SQL: an identifier stays one, as the name of a column', async () => {
      for (const value of HOSTILE_VALUES) {
        const [frame] = await ask(sql('SELECT 1 AS "$one" FROM runs LIMIT 1'), { one: value });
        expect(frame?.fields.map(({ name }) => name)).toEqual([value]);
      }
    });

    it('SQL: a set is as many values', async () => {
      const many = [...HOSTILE_VALUES];
      expect(cellsOf(await ask(sql('SELECT unnest(ARRAY[$many]) AS x'), { many }))).toEqual(many);
      const counted = await ask(sql(`SELECT count(*) AS n FROM runs WHERE name IN ($many) OR name IN ('$many')`), { many }); // prettier-ignore
      expect(cellsOf(counted)).toEqual([0]);
    });

    it('SQL: the builder finds nothing under such names, and fails at nothing', async () => {
      for (const value of HOSTILE_VALUES) {
        for (const list of ['runs', 'metrics', 'params', 'history', 'versions'] as const) {
          const query: EditedQuery = { refId: 'A', queryType: 'mlflow', mode: 'builder', format: 'table', list, experiment: '$one', keys: ['$one'], variants: ['$many'] }; // prettier-ignore
          expect(cellsOf(await ask(query, { one: value, many: [value, 'b'] }))).toEqual([]);
        }
      }
    });

    it('PromQL: Prometheus reads each value as the label’s', async () => {
      const expr = 'absent(up{one="$one", two=\'$one\', three=`x`}) and on() absent(up{a=~"$many", b=~`$many`}) # $one';
      for (const value of HOSTILE_VALUES) {
        const frames = await ask({ refId: 'A', queryType: 'prometheus', instant: true, expr }, { one: value, many: [value, 'b'] }); // prettier-ignore
        expect(frames.flatMap(({ fields }) => fields.map(({ labels }) => labels))).toContainEqual({
          one: value,
          two: value,
          three: 'x',
        });
      }
    });

    it('PromQL: a name in code is a name, or refused as a whole', async () => {
      const expr = 'count by ($one) (absent(up{x="y"}))';
      for (const value of HOSTILE_VALUES) {
        const asked = ask({ refId: 'A', queryType: 'prometheus', instant: true, expr }, { one: value });
        const cells = await asked.then(cellsOf, (error: unknown) => error);
        expect(cells instanceof Error ? cells.message : cells).toEqual(
          cells instanceof Error ? expect.stringMatching(/parse error|invalid label name/) : [1],
        );
      }
    });

    // What the line protocol itself can't carry is left out.
    const TAGGABLE = HOSTILE_VALUES.filter((value) => !value.includes('\n') && !value.endsWith('\\'));

    it('InfluxQL: InfluxDB finds exactly the point that carries the value', async () => {
      const escape = (tag: string) => tag.replace(/[ ,=]/g, '\\$&');
      await demo().stores.influx.running?.write(
        TAGGABLE.map((value, index) => `hostile,mark=${escape(value)} value=${String(index)}i`).join('\n'),
      );
      const one: EditedQuery = { refId: 'A', queryType: 'influx', format: 'table', query: `SELECT value FROM hostile WHERE mark = '$one' AND $timeFilter -- $one` }; // prettier-ignore
      const set: EditedQuery = { refId: 'A', queryType: 'influx', format: 'table', query: 'SELECT value FROM hostile WHERE mark =~ /^$many$/ AND time > 0' }; // prettier-ignore
      for (const [index, value] of TAGGABLE.entries()) {
        expect(cellsOf(await ask(one, { one: value }))).toEqual([index]);
        const found = await ask(set, { many: [value, 'nothing'] }).then(cellsOf, (error: unknown) => String(error));
        // Beside a regular expression a semicolon may be a second statement, so that one is refused, not run.
        expect(found).toEqual(value.includes(';') ? expect.stringMatching(/Only one reading statement/) : [index]);
      }
    });

    it('InfluxQL: an identifier stays one', async () => {
      for (const value of HOSTILE_VALUES) {
        const query: EditedQuery = { refId: 'A', queryType: 'influx', format: 'table', query: 'SELECT "$one" FROM hostile GROUP BY $one' }; // prettier-ignore
        expect(cellsOf(await ask(query, { one: value }))).toEqual([]);
      }
    });

    it.each([
      ['expr', { queryType: 'prometheus', expr: 'up{job="$gone"}' }],
      ['query', { queryType: 'influx', query: "SELECT x FROM y WHERE z = '$gone'" }],
      ['rawSql', { queryType: 'mlflow', rawSql: "SELECT 1 WHERE 'a' = '$gone'" }],
      ['experiment', { queryType: 'experiment', experiment: '${gone}' }],
      ['filters.environment', { queryType: 'monitor', filters: { environment: ['[[gone]]'] } }],
    ])('%s: a variable that nobody put in is named', async (field, query) => {
      await expect(askInstance(instance, query)).rejects.toThrow(`${field}: “$gone” is a dashboard’s variable`);
    });
  });
}
