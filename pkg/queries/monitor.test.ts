import { monitorQuerySchema } from '../../src/contract/query';
import { answerMonitor } from './monitor';
import { contextWith, storeOf } from './monitor-scene';

test('where no store holds a metric, what they say of it is told', async () => {
  const remark = 'InfluxDB has no measurement “scores”: name another in mapping.influx, or let the job write it.';
  const influx = storeOf('influx', {
    timeline: () => Promise.resolve({ series: [], newestSample: null, warnings: [remark], executed: [], endpoint: 'primary' }), // prettier-ignore
  });
  const query = monitorQuerySchema.parse({ queryType: 'monitor', metric: 'rows_scored', format: 'timeseries' });
  const frames = await answerMonitor(query, contextWith({ influx }));
  expect(frames.map(({ fields, meta }) => [fields, meta?.notices?.map(({ text }) => text)])).toEqual([
    [[], ['No configured source holds this metric in the range.', remark]],
  ]);
});
