import { leadingRow, standingOf } from './leader';
import { analyse, instanceOf, sound } from './test-instance';

it('says where a treatment stands against the control, in the whole and where it is worse', async () => {
  const analysis = await analyse(instanceOf(sound), { breakdown: 'region' });
  const leading = leadingRow(analysis, 'accuracy');
  expect(leading && standingOf(leading)).toBe('ahead');
  const bySegment = analysis.segments
    .filter(({ metric }) => metric.id === 'accuracy')
    .map((row) => [row.segment, standingOf(row)]);
  expect(bySegment.sort()).toEqual([
    ['EU', 'behind'],
    ['US', 'ahead'],
  ]);
});

it('says nothing where nothing was compared', async () => {
  const analysis = await analyse(instanceOf(() => Promise.reject(new Error('away'))));
  const leading = leadingRow(analysis, 'accuracy');
  expect(leading && standingOf(leading)).toBeNull();
});
