import { querySchema } from './query';

describe('a query', () => {
  it('carries only what it says of a definition and of the business parameters, so that defaults never hide the settings', () => {
    const parsed = querySchema.parse({
      queryType: 'impact',
      experiment: 'checkout',
      definition: { control: 'baseline' },
      business: { costPerError: 1 },
    });
    expect(parsed).toMatchObject({ format: 'table' });
    expect('definition' in parsed && parsed.definition).toEqual({ control: 'baseline' });
    expect('business' in parsed && parsed.business).toEqual({ costPerError: 1 });
  });

  it.each([
    ['an unknown type', { queryType: 'astrology' }],
    ['a start without an offset', { queryType: 'experiment', definition: { start: '2026-03-01T09:00:00' } }],
    ['an alpha of one half', { queryType: 'experiment', definition: { alpha: 0.5 } }],
    ['a currency that is no ISO 4217 code', { queryType: 'impact', business: { currency: 'euro' } }],
    ['a guardrail margin below zero', { queryType: 'experiment', metrics: [{ id: 'error_rate', margin: -1 }] }],
  ])('is refused with %s', (_, query) => {
    expect(querySchema.safeParse(query).success).toBe(false);
  });
});
