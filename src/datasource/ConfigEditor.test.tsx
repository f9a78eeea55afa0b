import './testing/canvas';
import type { DataSourceSettings } from '@grafana/data';
import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import type { SourceStatus } from '../contract/resources';
import { ConfigEditor } from './ConfigEditor';
import type { UpliftJsonData, UpliftSecrets } from './settings';

type Options = DataSourceSettings<UpliftJsonData, UpliftSecrets>;

const EMPTY: Options = {
  id: 1,
  uid: 'uplift',
  orgId: 1,
  name: 'Uplift',
  type: 'modelops-uplift-datasource',
  typeName: 'Uplift',
  typeLogoUrl: '',
  access: 'proxy',
  url: '',
  user: '',
  database: '',
  basicAuth: false,
  basicAuthUser: '',
  isDefault: false,
  jsonData: {},
  secureJsonFields: {},
  readOnly: false,
  withCredentials: false,
  version: 1,
};

/** The editor as Grafana holds it: what it changes comes back to it. */
function edit(start: Partial<Options>): { current: Options } {
  const held = { current: { ...EMPTY, ...start } };
  function Holder() {
    const [options, setOptions] = useState(held.current);
    const change = (next: Options) => {
      held.current = next;
      setOptions(next);
    };
    return <ConfigEditor options={options} onOptionsChange={change} />;
  }
  render(<Holder />);
  return held;
}

/** By their words, not their roles: those are computed for the whole page at every look, and the editor is large. */
function parentOf(words: HTMLElement, kind: 'fieldset' | 'button'): HTMLElement {
  const parent = words.closest(kind);
  if (parent === null) {
    throw new Error(`“${words.textContent}” is in no ${kind}`);
  }
  return parent;
}
const section = (name: string) => within(parentOf(screen.getByText(name, { selector: 'legend' }), 'fieldset'));
const button = (name: string) => parentOf(screen.getByText(name, { selector: 'button *' }), 'button');
const fill = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

describe('a source', () => {
  it('is added by its switch, and takes its address', () => {
    const held = edit({});
    fireEvent.click(screen.getByLabelText('Use Prometheus'));
    fill(screen.getByLabelText(/^Address/), 'http://prometheus:9090');
    expect(held.current.jsonData).toEqual({ prometheus: { url: 'http://prometheus:9090' } });
  });

  it('says beside the field what is wrong with it', () => {
    edit({ jsonData: { prometheus: { url: 'prometheus:9090' }, mlflow: { host: 'db', port: 'five' } } });
    expect(screen.getByText('An http:// or https:// address')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Address/)).toBeInvalid();
    expect(screen.getByText(/A number, not “five”/)).toBeInTheDocument();
  });

  it('says of an empty field only that it is needed', () => {
    edit({});
    for (const name of ['MLflow', 'Prometheus', 'InfluxDB']) {
      fireEvent.click(screen.getByLabelText(`Use ${name}`));
    }
    expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['This is needed']),
    );
    expect(screen.queryByText(/http:\/\/ or https:\/\/ address/)).not.toBeInTheDocument();
  });

  it('is left out again as a whole', () => {
    const held = edit({ jsonData: { mlflow: { host: 'db' } } });
    fireEvent.click(screen.getByLabelText('Use MLflow'));
    expect(held.current.jsonData.mlflow).toBeUndefined();
  });

  it('never shows a stored secret, and lets it be replaced', () => {
    const held = edit({
      jsonData: { mlflow: { host: 'db', ssl: 'disable' } },
      secureJsonFields: { mlflowPassword: true },
    });
    expect(screen.getByLabelText('Password')).toHaveValue('configured');
    fireEvent.click(button('Reset'));
    fill(screen.getByLabelText('Password'), 'new');
    expect(held.current).toMatchObject({
      secureJsonFields: { mlflowPassword: false },
      secureJsonData: { mlflowPassword: 'new' },
    });
  });

  it('lets an emptied field fall back to its default', () => {
    const held = edit({ jsonData: { mlflow: { host: 'db', port: 5433 } } });
    fill(screen.getByLabelText('Port'), '');
    expect(held.current.jsonData.mlflow?.port).toBeUndefined();
  });

  it('shows TLS, and warns when nothing is verified', () => {
    const held = edit({ jsonData: { influx: { url: 'https://influx', database: 'ml', tls: { serverName: 'db' } } } });
    fill(section('InfluxDB').getByLabelText(/^Certificate authority/), '-----BEGIN CERTIFICATE-----\nx');
    fill(section('InfluxDB').getByLabelText(/^Client key/), '-----BEGIN PRIVATE KEY-----');
    fireEvent.click(section('InfluxDB').getByLabelText(/^Skip verification/));
    expect(held.current.jsonData.influx?.tls).toEqual({
      serverName: 'db',
      ca: '-----BEGIN CERTIFICATE-----\nx',
      skipVerify: true,
    });
    expect(held.current.secureJsonData).toEqual({ influxClientKey: '-----BEGIN PRIVATE KEY-----' });
    expect(screen.getByText('The server’s certificate is not verified')).toBeInTheDocument();
  });

  it('keeps the names of extra headers plain and their values secret', () => {
    const held = edit({ jsonData: { prometheus: { url: 'http://p', timeoutSeconds: 5 } } });
    fireEvent.click(button('Add header'));
    fill(screen.getByLabelText('Header 1'), 'X-Scope-OrgID');
    fill(screen.getByLabelText('Value of header 1'), 'tenant-a');
    expect(held.current.jsonData.prometheus?.secretHeaders).toEqual(['X-Scope-OrgID']);
    expect(held.current.secureJsonData).toEqual({ 'prometheusHeader:x-scope-orgid': 'tenant-a' });
    fill(screen.getByLabelText('Header 1'), 'X Scope');
    expect(screen.getByText('A header name, e.g. X-Scope-OrgID')).toBeInTheDocument();
  });

  it('takes backups, an address a line', () => {
    const held = edit({
      jsonData: { prometheus: { url: 'http://p', timeoutSeconds: 5 }, mlflow: { host: 'db', poolSize: 2 } },
    });
    fill(section('Prometheus').getByLabelText(/^Backups/), 'http://p2\nhttp://p3');
    fill(section('MLflow').getByLabelText(/^Backups/), 'db-2:5433/mlflow');
    expect(held.current.jsonData.prometheus?.backups).toEqual([{ url: 'http://p2' }, { url: 'http://p3' }]);
    expect(held.current.jsonData.mlflow?.backups).toEqual([{ host: 'db-2', port: 5433, database: 'mlflow' }]);
    fill(section('MLflow').getByLabelText(/^Backups/), 'db-2:x');
    expect(screen.getByText(/which is not host:port\/database/)).toBeInTheDocument();
  });

  it('takes MLflow’s connection string apart, its password to the secrets', () => {
    const held = edit({ jsonData: { mlflow: { host: '' } } });
    const field = screen.getByLabelText(/^Connection string/);
    fill(field, 'mysql://u:secret@h/m');
    fireEvent.click(button('Take over'));
    expect(screen.getByText(/must begin with postgresql:\/\//)).toBeInTheDocument();
    fill(field, 'postgresql+psycopg2://ann:s%40cret@db:6432/tracking?sslmode=require');
    fireEvent.click(button('Take over'));
    expect(held.current.jsonData.mlflow).toEqual({
      host: 'db',
      port: 6432,
      database: 'tracking',
      user: 'ann',
      ssl: 'require',
    });
    expect(held.current.secureJsonData).toEqual({ mlflowPassword: 's@cret' });
    expect(field).toHaveValue('');
  });
});

describe('the connection test', () => {
  const OK: SourceStatus = {
    source: 'influx',
    state: 'ok',
    latency_ms: 3.2,
    error: null,
    hint: null,
    class: null,
    field: null,
    endpoint: 'primary',
    newest_sample: Date.now() - 5000,
    reached: 'data',
    version: '1.6.7',
    found: '3 measurements, 5 variants',
    warnings: ['the user can write: use one that may only read'],
  };
  const get = jest.fn<Promise<unknown>, [string, object]>();
  const influx = { url: 'http://influx', database: 'ml' };
  beforeEach(() => {
    const backend: Partial<BackendSrv> = { get: get as unknown as BackendSrv['get'] };
    setBackendSrv(backend as BackendSrv);
  });

  it('tells how far it got, what was found, and what is worth changing', async () => {
    get.mockResolvedValue([OK]);
    edit({ jsonData: { influx } });
    fireEvent.click(button('Test InfluxDB'));
    expect(get).toHaveBeenCalledWith(
      '/api/datasources/uid/uplift/resources/sources',
      { source: 'influx' },
      undefined,
      expect.anything(),
    );
    for (const words of ['Reachable', 'Authenticated', 'Readable', '3 measurements, 5 variants', '3 ms', '1.6.7']) {
      expect(await screen.findByText(words)).toBeInTheDocument();
    }
    expect(screen.getByText('the user can write: use one that may only read')).toBeInTheDocument();
  });

  it('tells the cause and the fix of a failure', async () => {
    const error = 'InfluxDB has no database “ml”.';
    get.mockResolvedValue([
      { ...OK, state: 'down', reached: 'login', error, hint: 'Set influx.database …', warnings: [] },
    ]);
    edit({ jsonData: { influx } });
    fireEvent.click(button('Test InfluxDB'));
    for (const words of ['Authenticated', 'Not readable', error, 'Set influx.database …']) {
      expect(await screen.findByText(words)).toBeInTheDocument();
    }
  });

  it('asks for saving first, for the backend knows only what is saved', () => {
    edit({ jsonData: { influx } });
    expect(button('Test InfluxDB')).toBeEnabled();
    fill(section('InfluxDB').getByLabelText('Database'), 'other');
    expect(button('Test InfluxDB')).toBeDisabled();
  });
});

describe('the mapping', () => {
  it('is filled by a preset and edited field by field', () => {
    const held = edit({ jsonData: { mapping: { preset: 'istio', prometheus: { variant: 'subset' } } } });
    expect(screen.getByLabelText('Variant label')).toHaveValue('subset');
    expect(screen.getByLabelText('Experiment label')).toHaveAttribute('placeholder', 'destination_service_name');
    fill(screen.getByLabelText('Errors', { exact: false, selector: '#uplift-mapping-prometheus-errors' }), '-');
    fill(
      screen.getByLabelText('Requests', { exact: false, selector: '#uplift-mapping-prometheus-requests' }),
      'hits_total',
    );
    expect(held.current.jsonData.mapping?.prometheus).toEqual({
      variant: 'subset',
      errors: null,
      requests: 'hits_total',
    });
    expect(screen.getByText(/Write %m where the matchers belong/)).toBeInTheDocument();
  });
});

describe('experiments', () => {
  it('are added by a form, with what is wrong beside the field', () => {
    const held = edit({});
    fireEvent.click(button('Add experiment'));
    const form = section('Experiments');
    fill(form.getByLabelText(/^Id/), 'checkout');
    fill(form.getByLabelText('Variant 2', { selector: 'input' }), 'enhanced');
    fill(form.getAllByLabelText('Share')[1] ?? form.getByLabelText('Share'), '30');
    fill(form.getAllByLabelText('In Prometheus')[1] ?? form.getByLabelText('In Prometheus'), 'enhanced-predictor');
    fill(form.getByLabelText(/^Start/), '2026-09-01 09:00');
    expect(form.getByText(/An ISO 8601 time with an offset/)).toBeInTheDocument();
    fill(form.getByLabelText(/^Start/), '2026-09-01T09:00:00+02:00');
    fireEvent.click(button('Add metric'));
    expect(held.current.jsonData.experiments).toEqual([
      {
        id: 'checkout',
        control: 'baseline',
        start: '2026-09-01T09:00:00+02:00',
        split: { enhanced: 30 },
        variants: [
          { name: 'baseline', role: 'control' },
          { name: 'enhanced', role: 'treatment', alias: { prometheus: 'enhanced-predictor' } },
        ],
        metrics: [{ id: 'accuracy', role: 'goal' }],
      },
    ]);
  });

  it('carry a variant’s share along when it is renamed', () => {
    const held = edit({
      jsonData: { experiments: [{ id: 'x', variants: [{ name: 'a' }, { name: 'b' }], split: { a: 70, b: 30 } }] },
    });
    fireEvent.click(screen.getByLabelText('Edit x'));
    fill(screen.getByLabelText('Variant 2', { selector: 'input' }), 'c');
    expect(held.current.jsonData.experiments?.[0]?.split).toEqual({ a: 70, c: 30 });
    fireEvent.click(screen.getByLabelText('Remove c'));
    expect(held.current.jsonData.experiments?.[0]).toMatchObject({ variants: [{ name: 'a' }], split: { a: 70 } });
  });

  it('are pasted as YAML only without a fault, each named by its field', () => {
    const held = edit({});
    fireEvent.click(button('Paste YAML or JSON'));
    const takeOver = button('Take over');
    const text = screen.getByLabelText('Definitions');
    fill(text, 'id: x\nvariants: [oops');
    expect(screen.getByText(/^line \d/)).toBeInTheDocument();
    fill(text, 'id: x\nstart: yesterday\nalpha: 2');
    expect(screen.getByText(/^start: an ISO 8601 time/)).toBeInTheDocument();
    expect(screen.getByText(/^alpha: /)).toBeInTheDocument();
    fill(text, 'id: x\ncontroll: a');
    expect(screen.getByText('controll: there is no field “controll”')).toBeInTheDocument();
    expect(takeOver).toBeDisabled();
    fill(text, '[{"id": "x", "control": "a"}, {"id": "y"}]');
    fireEvent.click(takeOver);
    expect(held.current.jsonData.experiments).toMatchObject([{ id: 'x', control: 'a' }, { id: 'y' }]);
  });

  it('are edited as YAML, too, where phases are kept', () => {
    const phases = [{ from: '2026-09-01T09:00:00Z', split: { a: 1 } }];
    const held = edit({ jsonData: { experiments: [{ id: 'x', phases }] } });
    fireEvent.click(screen.getByLabelText('Edit x'));
    expect(screen.getByText(/changes over 1 phases/)).toBeInTheDocument();
    fireEvent.click(screen.getByLabelText('YAML'));
    const text = screen.getByLabelText<HTMLTextAreaElement>('Definition');
    fill(text, text.value.replace('id: x', 'id: z'));
    fireEvent.click(button('Take over'));
    expect(held.current.jsonData.experiments).toMatchObject([{ id: 'z', phases }]);
  });
});

test('business parameters, freshness, fallback, cache and limits are numbers with their default shown', () => {
  const held = edit({});
  fill(screen.getByLabelText(/^Base volume a day/), '2e6');
  fill(screen.getByLabelText('Prometheus is stale after'), '60');
  fill(screen.getByLabelText(/^Answers are shared for/), '0');
  fill(screen.getByLabelText(/^Most points a series/), '20000');
  expect(held.current.jsonData).toMatchObject({
    business: { baseVolume: 2_000_000 },
    freshness: { prometheus: 60 },
    cache: { ttlSeconds: 0 },
  });
  expect(screen.getByText(/<=11000/)).toBeInTheDocument();
  expect(screen.getByLabelText('MLflow is stale after', { exact: false })).toHaveAttribute('placeholder', '2592000');
  fireEvent.click(screen.getByLabelText(/^Show simulated numbers/));
  expect(screen.getByText('Made-up numbers may be shown')).toBeInTheDocument();
});

test('a provisioned data source says so, and can be tested but not changed', () => {
  edit({ readOnly: true, jsonData: { influx: { url: 'http://influx', database: 'ml' } } });
  expect(screen.getByText('This data source is provisioned')).toBeInTheDocument();
  expect(section('InfluxDB').getByLabelText('Address')).toBeDisabled();
  expect(button('Add experiment')).toBeDisabled();
  expect(button('Test InfluxDB')).toBeEnabled();
});
