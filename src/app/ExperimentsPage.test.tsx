import '../datasource/testing/canvas';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { of, throwError, type Observable } from 'rxjs';
import { EXPERIMENTS_FIELDS } from '../contract/frames';
import { findViolations } from '../datasource/testing/accessibility';
import { ExperimentsPage } from './ExperimentsPage';

interface Page {
  children: ReactNode;
}
interface Picker {
  current: string;
  inputId: string;
  onChange: (chosen: { uid: string }) => void;
}

const mockSources = { list: [{ uid: 'a' }, { uid: 'b' }] };
const mockUrl = { search: new URLSearchParams(), partial: jest.fn() };
const mockFetch = jest.fn<Observable<unknown>, [{ data: { queries: Array<{ datasource: { uid: string } }> } }]>();

// What a running Grafana puts behind these.
jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual<object>('@grafana/runtime'),
  PluginPage: ({ children }: Page) => <main>{children}</main>,
  DataSourcePicker: ({ current, inputId, onChange }: Picker) => (
    <select id={inputId} value={current} onChange={({ target }) => onChange({ uid: target.value })}>
      <option>a</option>
      <option>b</option>
    </select>
  ),
  getDataSourceSrv: () => ({ getList: () => mockSources.list }),
  locationService: {
    getSearch: () => mockUrl.search,
    partial: (...asked: unknown[]) => mockUrl.partial(...asked) as unknown,
  },
  getBackendSrv: () => ({ fetch: mockFetch }),
}));

type Row = Partial<Record<(typeof EXPERIMENTS_FIELDS)[number], string | number | null>>;

const NUMBERS: ReadonlySet<string> = new Set(['requests_24h', 'age_seconds']);

/** Grafana's answer to the overview query. */
function answerWith(rows: readonly Row[], notices: ReadonlyArray<{ severity: string; text: string }> = []) {
  const fields = EXPERIMENTS_FIELDS.map((name) => ({ name, type: NUMBERS.has(name) ? 'number' : 'string' }));
  const values = EXPERIMENTS_FIELDS.map((name) => rows.map((row) => row[name] ?? null));
  const frame = { schema: { name: 'experiments', meta: { notices }, fields }, data: { values } };
  return of({ data: { results: { A: { status: 200, frames: [frame] } } } });
}

const CHECKOUT: Row = {
  experiment: 'checkout',
  name: 'Checkout',
  owner: 'ann',
  status: 'active',
  leading: 'enhanced',
  verdict: 'winner',
  level: 'live',
  age_seconds: 12,
  requests_24h: 47_892,
};

function show() {
  return render(
    <MemoryRouter>
      <ExperimentsPage />
    </MemoryRouter>,
  );
}

const askedOf = () => mockFetch.mock.calls.map(([{ data }]) => data.queries[0]?.datasource.uid);

beforeEach(() => {
  mockSources.list = [{ uid: 'a' }, { uid: 'b' }];
  mockUrl.search = new URLSearchParams();
  mockUrl.partial.mockReset();
  mockFetch.mockReset();
  mockFetch.mockImplementation(() => answerWith([CHECKOUT]));
});

it('lists each experiment with status, verdict, source and age, and links to its dashboards', async () => {
  const { container } = show();
  const row = (await screen.findByText('enhanced wins')).closest('tr');
  for (const text of ['Checkout', 'Active', 'LIVE', '12 s', '47,892', 'ann']) {
    expect(within(row ?? container).getByText(text)).toBeInTheDocument();
  }
  expect(screen.getByRole('link', { name: 'Impact dashboard of Checkout' })).toHaveAttribute(
    'href',
    '/d/uplift-business-impact?var-datasource=a&var-experiment=checkout',
  );
  expect(await findViolations(container)).toEqual([]);
});

it('says who is ahead of an undecided test', async () => {
  mockFetch.mockImplementation(() => answerWith([{ ...CHECKOUT, verdict: 'inconclusive', standing: 'behind' }]));
  show();
  expect(await screen.findByText('Not decided, enhanced behind')).toBeInTheDocument();
});

it('asks the data source that the URL names', async () => {
  mockUrl.search = new URLSearchParams({ ds: 'b' });
  show();
  await screen.findByText('enhanced wins');
  expect(askedOf()).toEqual(['b']);
});

it('falls back to the first where the URL names one that is gone', async () => {
  mockUrl.search = new URLSearchParams({ ds: 'deleted' });
  show();
  await screen.findByText('enhanced wins');
  expect(askedOf()).toEqual(['a']);
});

it('remembers the chosen data source in the URL', async () => {
  show();
  await userEvent.selectOptions(screen.getByLabelText('Data source'), 'b');
  expect(mockUrl.partial).toHaveBeenCalledWith({ ds: 'b' }, true);
  await screen.findByText('enhanced wins');
  expect(askedOf()).toEqual(['a', 'b']);
});

it('says when there is no data source, and where to add one', () => {
  mockSources.list = [];
  show();
  expect(screen.getByText('Add an Uplift data source first')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Add data source' })).toHaveAttribute('href', '/connections/datasources/new');
});

it('says when there is no experiment', async () => {
  mockFetch.mockImplementation(() => answerWith([]));
  const { container } = show();
  expect(await screen.findByText('No experiment found')).toBeInTheDocument();
  expect(await findViolations(container)).toEqual([]);
});

it('says what went wrong, and asks again', async () => {
  mockFetch.mockImplementationOnce(() => throwError(() => ({ status: 403, data: { message: 'Permission denied' } })));
  show();
  expect(await screen.findByText('Permission denied')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: /Try again|Close alert/ }));
  expect(await screen.findByText('enhanced wins')).toBeInTheDocument();
});

it('shows what is left when a source is away', async () => {
  mockFetch.mockImplementation(() =>
    answerWith(
      [{ experiment: 'checkout', status: 'active' }],
      [{ severity: 'warning', text: 'MLflow: nobody answers.' }],
    ),
  );
  show();
  expect(await screen.findByText('MLflow: nobody answers.')).toBeInTheDocument();
  expect(screen.getByText('Nothing yet')).toBeInTheDocument();
});

it('shows a name of 200 characters and one from right to left', async () => {
  const arabic = 'تجربة الدفع';
  mockFetch.mockImplementation(() =>
    answerWith([
      { ...CHECKOUT, experiment: 'long', name: 'n'.repeat(200), leading: 'v'.repeat(200) },
      { ...CHECKOUT, experiment: 'rtl', name: arabic },
    ]),
  );
  show();
  expect((await screen.findByText(arabic)).closest('[dir]')).toHaveAttribute('dir', 'auto');
  expect(screen.getByTitle('n'.repeat(200))).toHaveTextContent(`${'n'.repeat(60)}…`);
});

it('pages a long list', async () => {
  mockFetch.mockImplementation(() =>
    answerWith(
      Array.from({ length: 500 }, (_, index) => ({ ...CHECKOUT, experiment: `e${index}`, name: `E ${index}` })),
    ),
  );
  show();
  await screen.findByText('E 0');
  await waitFor(() => expect(screen.getAllByText('enhanced wins')).toHaveLength(50));
});
