import { mappingSchema } from './mapping';
import { PRESET_NAMES, PRESETS } from './presets';

describe.each(PRESET_NAMES)('preset %s', (preset) => {
  const { prometheus } = PRESETS[preset];

  it('is a mapping the settings accept as it stands', () => {
    expect(mappingSchema.parse({ preset }).prometheus).toEqual(prometheus);
  });

  it('has a place for the matchers in every selector, once', () => {
    const selectors = [prometheus.requests, prometheus.errors, prometheus.bucket, prometheus.sum, prometheus.count];
    for (const selector of selectors.filter((one) => one !== null)) {
      expect(selector.split('%m')).toHaveLength(2);
    }
  });

  it('tells latency by a sum and a count, and says so where there are no buckets', () => {
    expect(prometheus.sum).not.toBeNull();
    expect(prometheus.count).not.toBeNull();
    expect(/mean( latency)? only/.test(PRESETS[preset].description)).toBe(prometheus.bucket === null);
  });
});
