/** What is marked on a time axis, over real stores: runs, promotions, verdicts and alerts of the demo. */
import pg from 'pg';
import type { Demo } from '../../../demo/demo';
import { MLFLOW_DATABASE } from '../../../demo/history/mlflow';
import type { Instance } from '../../../pkg/instance';
import { answerQuery } from '../../../pkg/queries/answer';
import { ANNOTATION_KINDS } from '../../../src/contract/query';
import { ANNOTATIONS_FIELDS } from '../../../src/contract/frames';
import { rowsOf } from './backend';
import { askInstance, openInstance } from './statements';

const DAY = 86_400_000;
const EXPERIMENT = 'checkout-ranking';

/** To be called by a test file that runs the demo. */
export function annotationsHold(demo: () => Demo): void {
  describe('annotations', () => {
    let instance: Instance;
    beforeAll(() => {
      instance = openInstance(demo(), { uiUrl: 'https://mlflow.example/' });
    });
    afterAll(() => instance.dispose());

    async function mark(query: Record<string, unknown>) {
      const now = Date.now();
      const result = await answerQuery(
        'annotations',
        { experiment: EXPERIMENT, ...query },
        {
          instance,
          refId: 'A',
          range: { from: now - 30 * DAY, to: now },
          intervalMs: 60_000,
          maxDataPoints: 500,
          now,
          isAlert: false,
          skipCache: false,
          signal: AbortSignal.timeout(60_000),
        },
      );
      if ('error' in result) {
        throw new Error(result.error);
      }
      const [frame] = result.frames;
      if (!frame) {
        throw new Error('no frame');
      }
      expect(frame.fields.map(({ name }) => name)).toEqual([...ANNOTATIONS_FIELDS]);
      return rowsOf(frame);
    }

    it('marks the runs MLflow has of the experiment, each linked to its page', async () => {
      const running = demo().stores.mlflow.running;
      const client = new pg.Client(running?.url(MLFLOW_DATABASE));
      await client.connect();
      const { rows } = await client.query<{ run_uuid: string }>(
        `SELECT run_uuid FROM runs JOIN experiments USING (experiment_id) WHERE experiments.name = $1 AND runs.lifecycle_stage = 'active'`,
        [EXPERIMENT],
      );
      await client.end();
      const marks = await mark({ kinds: ['runs'] });
      expect(marks).toHaveLength(rows.length);
      expect(rows.length).toBeGreaterThan(0);
      for (const { text, tags } of marks) {
        expect(text).toMatch(/<a href="https:\/\/mlflow\.example\/#\/experiments\/\d+\/runs\/\w+"/);
        expect(tags).toContain(`run,${EXPERIMENT}`);
      }
    });

    it('links the builder’s runs to their pages, too', async () => {
      const [frame] = await askInstance(instance, { queryType: 'mlflow', mode: 'builder', list: 'runs', keys: ['accuracy'], experiment: EXPERIMENT }); // prettier-ignore
      const field = frame?.fields.find(({ name }) => name === 'run_id');
      expect(field?.values.length).toBeGreaterThan(0);
      expect(field?.config?.links).toEqual([
        {
          title: 'Open in MLflow',
          url: 'https://mlflow.example/#/experiments/${__data.fields.experiment_id}/runs/${__value.raw}',
          targetBlank: true,
        },
      ]);
      expect(frame?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['experiment_id', 'accuracy']));
    });

    it('marks versions registered and promoted', async () => {
      const marks = await mark({ kinds: ['promotions'] });
      expect(marks.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^(registered|moved to)/));
      expect(marks.every(({ text }) => String(text).includes('/#/models/'))).toBe(true);
    });

    it('marks where the verdict changed, in order, none twice', async () => {
      const marks = await mark({ kinds: ['verdicts'] });
      expect(marks.map(({ title }) => title)).toContainEqual(expect.stringMatching(/enhanced wins on Accuracy/));
      expect(new Set(marks.map(({ id }) => id)).size).toBe(marks.length);
      const times = marks.map(({ time }) => Number(time));
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    it('marks everything where nothing is chosen, and one variant’s where it is', async () => {
      const all = await mark({});
      const own = await mark({ variants: ['enhanced'] });
      expect(own.length).toBeLessThan(all.length);
      expect(ANNOTATION_KINDS.filter((kind) => all.some(({ id }) => String(id).startsWith(kind)))).toEqual(
        expect.arrayContaining(['runs', 'promotions', 'verdicts']),
      );
    });
  });
}
