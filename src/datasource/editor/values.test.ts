import { PSI_BANDS } from '../../calc/drift/psi';
import { EXPERIMENT_VALUES, IMPACT_VALUES, OVERVIEW_VALUES } from '../../contract/query';
import type { EditedQuery } from '../query';
import { describeComparing, EXPERIMENT_CHOICES, IMPACT_CHOICES, OVERVIEW_CHOICES } from './values';

const rule = { refId: 'A', format: 'numeric' } as const;

it('each choice has a label of its own, and the name that a query carries', () => {
  const choices = [...EXPERIMENT_CHOICES, ...IMPACT_CHOICES, ...OVERVIEW_CHOICES];
  expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
  expect(choices.map(({ value, description }) => [value, description])).toEqual(
    [...EXPERIMENT_VALUES, ...IMPACT_VALUES, ...OVERVIEW_VALUES].map((value) => [value, value]),
  );
});

it('every value says how it is compared', () => {
  const queries: EditedQuery[] = [
    ...EXPERIMENT_VALUES.map((value): EditedQuery => ({ ...rule, queryType: 'experiment', value })),
    ...IMPACT_VALUES.map((value): EditedQuery => ({ ...rule, queryType: 'impact', value })),
    ...OVERVIEW_VALUES.map((value): EditedQuery => ({ ...rule, queryType: 'overview', value })),
  ];
  expect(queries.filter((query) => !describeComparing(query, undefined)?.endsWith('.'))).toEqual([]);
});

it.each<[EditedQuery, number | undefined, string | null]>([
  [{ ...rule, queryType: 'experiment', value: 'seq_p' }, undefined, 'IS BELOW 0.05,'],
  [{ ...rule, queryType: 'experiment', value: 'seq_p' }, 0.01, 'IS BELOW 0.01,'],
  [{ ...rule, queryType: 'experiment', value: 'p_value', definition: { alpha: 0.1 } }, 0.01, 'IS BELOW 0.1.'],
  [{ ...rule, queryType: 'experiment', value: 'srm_p' }, 0.05, 'IS BELOW 0.001'],
  [{ ...rule, queryType: 'experiment', value: 'margin_excess' }, 0.05, 'IS ABOVE 0 '],
  [{ ...rule, queryType: 'monitor', metric: 'drift' }, undefined, `IS ABOVE ${PSI_BANDS.drifted}`],
  [{ ...rule, queryType: 'monitor', metric: 'drift', bands: { watch: 1, drifted: 2 } }, undefined, 'IS ABOVE 2.'],
  [{ ...rule, queryType: 'status' }, undefined, 'IS BELOW 1.'],
  [{ ...rule, queryType: 'monitor', metric: 'requests' }, undefined, null],
  [{ refId: 'A', queryType: 'experiment', format: 'table', value: 'seq_p' }, undefined, null],
])('%j at alpha %p', (query, alpha, words) => {
  const said = describeComparing(query, alpha);
  expect(said).toEqual(words === null ? null : expect.stringContaining(words));
});
