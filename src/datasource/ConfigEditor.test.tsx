import './testing/canvas';
import type { DataSourceSettings } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
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

describe('ConfigEditor', () => {
  it('adds a source by its switch, and takes its address', async () => {
    const held = edit({});
    await userEvent.click(screen.getByLabelText('Use Prometheus'));
    await userEvent.type(screen.getByLabelText(/^Address/), 'http://prometheus:9090');
    expect(held.current.jsonData).toEqual({ prometheus: { url: 'http://prometheus:9090' } });
  });

  it('says beside the field what is wrong with it', () => {
    edit({ jsonData: { prometheus: { url: 'prometheus:9090' } } });
    expect(screen.getByText('an http:// or https:// address')).toBeInTheDocument();
  });

  it('leaves a source out again as a whole', async () => {
    const held = edit({ jsonData: { mlflow: { host: 'db' } } });
    await userEvent.click(screen.getByLabelText('Use MLflow'));
    expect(held.current.jsonData.mlflow).toBeUndefined();
  });

  it('never shows a stored secret, and lets it be replaced', async () => {
    const held = edit({ jsonData: { mlflow: { host: 'db' } }, secureJsonFields: { mlflowPassword: true } });
    expect(screen.getByLabelText('Password')).toHaveValue('configured');
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    await userEvent.type(screen.getByLabelText('Password'), 'new');
    expect(held.current).toMatchObject({
      secureJsonFields: { mlflowPassword: false },
      secureJsonData: { mlflowPassword: 'new' },
    });
  });

  it('lets an emptied field fall back to its default', async () => {
    const held = edit({ jsonData: { mlflow: { host: 'db', port: 5433 } } });
    await userEvent.clear(screen.getByLabelText('Port'));
    expect(held.current.jsonData.mlflow?.port).toBeUndefined();
  });
});
