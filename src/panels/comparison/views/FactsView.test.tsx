import { createDataFrame, FieldType } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { FactsView } from './FactsView';

const NOW = Date.parse('2026-09-15T10:00:00Z');
const text = (name: string, value: string) => ({ name, type: FieldType.string, values: [value] });
const instant = (name: string, value: number) => ({ name, type: FieldType.number, values: [value] });
const facts = createDataFrame({
  name: 'facts',
  meta: { custom: { uplift: { frame: 'facts', provenance: { level: 'live', sources: [], answeredAt: NOW } } } },
  fields: [
    text('environment', 'production'),
    text('deployment_type', 'real-time endpoint'),
    text('deployment_mode', 'A/B test'),
    text('problem_type', 'classification'),
    text('version', '7'),
    instant('first_seen', NOW - 14 * 86_400_000),
    instant('last_seen', NOW - 12_000),
  ],
});

it.each([360, 1200])('names every fact at %d px, in full for those who ask', (width) => {
  render(<FactsView series={[facts]} meta={undefined} width={width} timeZone="utc" now={NOW} />);
  for (const [label, value] of [
    ['Environment', 'production'],
    ['Deployment type', 'real-time endpoint'],
    ['Deployment mode', 'A/B test'],
    ['Problem type', 'classification'],
    ['Version', '7'],
    ['First seen', '1 Sep'],
    ['Last seen', '12 s ago'],
  ] as const) {
    expect(screen.queryByText(label) ?? screen.queryByTitle(label)).not.toBeNull();
    expect(screen.getByTitle(value).textContent.replaceAll('\u00a0', ' ')).toBe(value);
  }
});
