import { buildScenario, findSeeded } from '../scenario';
import { Simulation } from '../history/simulation';
import { FEATURES } from '../telemetry/features';
import { Exporter } from './exporter';

const NOW = Date.UTC(2026, 8, 16, 10, 30);

/** Series → value, labels in a fixed order and without those a scrape adds. */
function parseExposition(text: string): Map<string, number> {
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
      return [`${name}{${labels.split(',').sort().join(',')}}`, Number(value)];
    }),
  );
}

describe('Exporter', () => {
  const simulation = new Simulation(findSeeded(buildScenario(NOW), 'fraud-threshold'), 1);
  simulation.advanceTo(NOW - 40 * 3_600_000);

  it('shows at its first scrape exactly the series and values at which its past ended', async () => {
    const { body } = await new Exporter(simulation.tallies).render();
    const expected = simulation.columns.map(({ name, labels, read }) => {
      const pairs = Object.entries(labels).filter(([label]) => label !== 'job' && label !== 'instance');
      const text = pairs.map(([label, value]) => `${label}="${value}"`).sort();
      return [`${name}{${text.join(',')}}`, read()] as const;
    });
    // The split is that of the moment of the scrape, and this test's moment is not the demo's.
    const isTimeless = ([series]: readonly [string, number]): boolean =>
      !series.startsWith('ab_test_traffic_percentage');
    expect([...parseExposition(body)].filter(isTimeless).sort()).toEqual(expected.filter(isTimeless).sort());
  });

  it('adds a request to the counters and to the buckets above its response time', async () => {
    const exporter = new Exporter(simulation.tallies);
    const [tally] = simulation.tallies;
    if (tally === undefined) throw new Error('nothing is served');
    const before = parseExposition((await exporter.render()).body);
    exporter.countRequest(tally, 'EU', true, 0.058, 2);
    exporter.countFeatures(
      tally,
      FEATURES.map(() => 1),
      0.47,
    );
    exporter.countLabel(tally, 'EU', true);
    const after = parseExposition((await exporter.render()).body);
    const changed = [...after].flatMap(([series, value]) => {
      const difference = value - (before.get(series) ?? 0);
      const bare = series.replace(/,?(experiment|model_name|model_version)="[^"]*"/g, '').replace('{,', '{');
      return difference === 0 || series.startsWith('ab_test_model_accuracy') ? [] : [[bare, difference] as const];
    });
    const counted = new Map(changed.filter(([series]) => !/impact|bucket/.test(series)));
    expect(counted.get('ab_test_requests_total{region="EU",status="error"}')).toBe(1);
    expect(counted.get('ab_test_errors_total{region="EU"}')).toBe(1);
    expect(counted.get('ab_test_revenue_squared_total{}')).toBeCloseTo(4);
    expect(counted.get('ab_test_correct_predictions_total{region="EU"}')).toBe(1);
    expect(counted.get('ab_test_prediction_sum{}')).toBeCloseTo(0.47);
    expect(counted.get('ab_test_feature_value_sum{feature="basket_value"}')).toBeCloseTo(15);
    const buckets = changed.map(([series]) => series).filter((series) => series.includes('_bucket'));
    expect(buckets).toContain('ab_test_response_time_seconds_bucket{le="0.06"}');
    expect(buckets).not.toContain('ab_test_response_time_seconds_bucket{le="0.05"}');
    expect(buckets).toContain('ab_test_feature_value_bucket{feature="basket_value",le="20"}');
    expect(buckets).not.toContain('ab_test_feature_value_bucket{feature="basket_value",le="10"}');
  });
});
