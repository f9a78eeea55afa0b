import './testing/canvas';
import { CoreApp, PluginType, type DataSourceInstanceSettings } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UpliftDataSource } from './datasource';
import type { EditedQuery } from './query';
import { QueryEditor } from './QueryEditor';
import { withQueryType } from './editor/queryTypes';
import type { UpliftJsonData } from './settings';

const info = {
  author: { name: '' },
  description: '',
  links: [],
  logos: { large: '', small: '' },
  screenshots: [],
  updated: '',
  version: '',
};
const settings: DataSourceInstanceSettings<UpliftJsonData> = {
  id: 1,
  uid: 'uplift',
  name: 'Uplift',
  type: 'modelops-uplift-datasource',
  access: 'proxy',
  readOnly: true,
  jsonData: {},
  meta: {
    id: 'modelops-uplift-datasource',
    name: 'Uplift',
    type: PluginType.datasource,
    module: '',
    baseUrl: '',
    info,
  },
};

function show(query: EditedQuery, app = CoreApp.PanelEditor) {
  const onChange = jest.fn<undefined, [EditedQuery]>();
  const onRunQuery = jest.fn();
  const datasource = new UpliftDataSource(settings);
  render(<QueryEditor datasource={datasource} query={query} app={app} onChange={onChange} onRunQuery={onRunQuery} />);
  return { onChange, onRunQuery };
}

describe('QueryEditor', () => {
  it('offers the fields of an experiment, defaults visible', () => {
    show({ refId: 'A', queryType: 'experiment', experiment: 'checkout' });
    expect(screen.getByLabelText('Question')).toHaveValue('Experiment');
    expect(screen.getByLabelText('Experiment')).toHaveValue('checkout');
    expect(screen.getByLabelText('Format')).toHaveValue('Table');
    expect(screen.getByLabelText('Window')).toHaveValue('The whole test');
  });

  it('asks for one value where the answer is numeric', () => {
    show({ refId: 'A', queryType: 'experiment', experiment: 'checkout', format: 'numeric', value: 'harm_bound' });
    expect(screen.getByLabelText('Value')).toHaveValue('harm bound');
  });

  it('runs a query that is complete, once the field is left', async () => {
    const { onChange, onRunQuery } = show({ refId: 'A', queryType: 'experiment', experiment: 'checkout' });
    await userEvent.type(screen.getByLabelText('Break down by'), 'region');
    await userEvent.tab();
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ breakdown: 'region' }));
    expect(onRunQuery).toHaveBeenCalled();
  });

  it('does not run one that is half-filled', async () => {
    const { onRunQuery } = show({ refId: 'A', queryType: 'experiment', experiment: '' });
    await userEvent.type(screen.getByLabelText('Break down by'), 'region');
    await userEvent.tab();
    expect(onRunQuery).not.toHaveBeenCalled();
  });
});

describe('withQueryType', () => {
  it('keeps the experiment where the new question has one', () => {
    expect(withQueryType({ refId: 'A', queryType: 'experiment', experiment: 'x', method: 'fixed' }, 'impact')).toEqual({
      refId: 'A',
      queryType: 'impact',
      experiment: 'x',
    });
  });
});
