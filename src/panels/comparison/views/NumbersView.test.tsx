import { FieldType, toDataFrame } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { NOW } from '../../../../tests/gallery/fixtures/clock';
import type { FieldProvenance } from '../../../contract/frames';
import { NumbersView } from './NumbersView';

function show(state: FieldProvenance['state']) {
  const uplift: FieldProvenance = { state, source: null, asOf: NOW };
  const frame = toDataFrame({
    name: 'overview',
    fields: [
      { name: 'active_experiments', type: FieldType.number, values: [3] },
      { name: 'total_requests_24h', type: FieldType.number, values: [35_624], config: { custom: { uplift } } },
      { name: 'error_rate', type: FieldType.number, values: [null], config: { custom: { uplift } } },
    ],
  });
  render(<NumbersView series={[frame]} meta={undefined} width={900} height={120} now={NOW} />);
  const tile = (name: string) => screen.getByText(name).nextElementSibling?.textContent.replaceAll('\u00a0', ' ');
  return { count: tile('Active experiments'), requests: tile('Requests, 24 h'), errors: tile('Error rate') };
}

describe('the live numbers', () => {
  it.each(['estimated', 'simulated'] as const)('mark what is %s, and nothing else', (state) => {
    expect(show(state)).toEqual({ count: '3', requests: `≈ 35,624${state}`, errors: '–no data' });
  });

  it('show what is measured as it is', () => {
    expect(show('measured').requests).toBe('35,624');
  });
});
