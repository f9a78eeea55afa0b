import './testing/canvas';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { querySchema } from '../contract/query';
import { examplesFor } from './editor/examples';
import type { EditedQuery } from './query';
import { QueryEditorHelp } from './QueryEditorHelp';
import { findViolations } from './testing/accessibility';
import { standIn } from './testing/data-source';

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

it.each(['influxql', 'flux', 'sql'] as const)('has examples that are queries: %s', (dialect) => {
  for (const { query } of examplesFor(dialect)) {
    expect(querySchema.safeParse(query).error).toBeUndefined();
  }
});
