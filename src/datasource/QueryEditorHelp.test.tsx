import './testing/canvas';
import { setTemplateSrv } from '@grafana/runtime';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { querySchema } from '../contract/query';
import { examplesFor } from './editor/examples';
import type { EditedQuery } from './query';
import { QueryEditorHelp } from './QueryEditorHelp';
import { findViolations } from './testing/accessibility';
import { standIn } from './testing/data-source';
import { templatesOf } from './testing/templates';

beforeEach(() => setTemplateSrv(templatesOf({})));

it('fills the editor with the example that was clicked, under the query’s own letter', async () => {
  const onClickExample = jest.fn<undefined, [EditedQuery]>();
  const query: EditedQuery = { refId: 'C', queryType: 'status' };
  const { container } = render(
    <QueryEditorHelp
      datasource={standIn({}, { influx: { url: 'http://influx', database: 'x', dialect: 'flux' } })}
      query={query}
      onClickExample={onClickExample}
    />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Latency, by variant' }));
  const filled = onClickExample.mock.calls[0]?.[0];
  expect(filled).toMatchObject({ refId: 'C', queryType: 'influx' });
  expect(filled).toHaveProperty('query', expect.stringContaining('from(bucket: v.bucket)'));
  expect(await findViolations(container)).toEqual([]);
});

describe('the experiment of an example', () => {
  async function take(query: EditedQuery, variables: Record<string, string>) {
    setTemplateSrv(templatesOf(variables));
    const onClickExample = jest.fn<undefined, [EditedQuery]>();
    render(<QueryEditorHelp datasource={standIn()} query={query} onClickExample={onClickExample} />);
    await userEvent.click(screen.getByRole('button', { name: 'What is it worth?' }));
    return onClickExample.mock.calls[0]?.[0];
  }

  it.each<[string, EditedQuery, Record<string, string>, string]>([
    ['is the one already chosen', { refId: 'A', queryType: 'experiment', experiment: 'checkout' }, {}, 'checkout'],
    ['is the dashboard’s variable', { refId: 'A', queryType: 'status' }, { experiment: 'checkout' }, '$experiment'],
    ['is left to choose where there is neither, as in Explore', { refId: 'A', queryType: 'status' }, {}, ''],
  ])('%s', async (_, query, variables, expected) => {
    expect(await take(query, variables)).toMatchObject({ queryType: 'impact', experiment: expected });
  });
});

it.each(['influxql', 'flux', 'sql'] as const)('has examples that are queries: %s', (dialect) => {
  for (const { query } of examplesFor(dialect, '$experiment')) {
    expect(querySchema.safeParse(query).error).toBeUndefined();
  }
});
