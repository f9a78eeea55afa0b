import './testing/canvas';
import { CoreApp } from '@grafana/data';
import { setTemplateSrv } from '@grafana/runtime';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { withQueryType } from './editor/queryTypes';
import type { EditedQuery } from './query';
import { QueryEditor } from './QueryEditor';
import { findViolations } from './testing/accessibility';
import { CHECKOUT, standIn, type Resources } from './testing/data-source';
import { templatesOf } from './testing/templates';

// Grafana's own code editor asks the running Grafana for its code, which no test has.
jest.mock('@grafana/ui', () => ({
  ...jest.requireActual<object>('@grafana/ui'),
  ...jest.requireActual<object>('./testing/PlainCodeEditor'),
}));

interface Options {
  app?: CoreApp;
  resources?: Resources;
}

/** The editor as Grafana holds it: what it changes comes back to it. */
function show(query: EditedQuery, { app = CoreApp.PanelEditor, resources = {} }: Options = {}) {
  const onChange = jest.fn<undefined, [EditedQuery]>();
  const onRunQuery = jest.fn();
  const datasource = standIn(resources);
  function Holder() {
    const [held, setHeld] = useState(query);
    const change = (changed: EditedQuery) => {
      onChange(changed);
      setHeld(changed);
    };
    return <QueryEditor datasource={datasource} query={held} app={app} onChange={change} onRunQuery={onRunQuery} />;
  }
  const { container } = render(<Holder />);
  return { onChange, onRunQuery, container };
}

beforeAll(() => setTemplateSrv(templatesOf({ experiment: 'checkout' })));

const EXPERIMENT: EditedQuery = { refId: 'A', queryType: 'experiment', experiment: 'checkout' };

describe('QueryEditor', () => {
  it('offers the fields of an experiment, defaults visible', async () => {
    show(EXPERIMENT);
    expect(screen.getByLabelText('Question')).toHaveValue('Experiment');
    expect(screen.getByLabelText('Experiment')).toHaveValue('checkout');
    expect(screen.getByLabelText('Format')).toHaveValue('Table');
    expect(screen.getByLabelText('Window')).toHaveValue('The whole test');
    expect(screen.getByLabelText('Correction')).toHaveValue('Holm');
    expect(await screen.findByText(/enhanced against baseline, sequential, 5 %, since 3 March/)).toBeInTheDocument();
  });

  it('asks for one value where the answer is numeric', () => {
    show({ ...EXPERIMENT, format: 'numeric', value: 'harm_bound' });
    expect(screen.getByLabelText('Value')).toHaveValue('Harm at worst');
  });

  it('offers the values of a rule in words', async () => {
    const { onChange } = show({ ...EXPERIMENT, format: 'numeric', value: 'seq_p' }, { app: CoreApp.UnifiedAlerting });
    await userEvent.click(screen.getByLabelText('Value'));
    await userEvent.keyboard('Beyond the margin{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ value: 'margin_excess' }));
  });

  it('says how a rule compares the value, by the alpha of the experiment', async () => {
    show(
      { ...EXPERIMENT, format: 'numeric', value: 'seq_p' },
      { resources: { experiments: () => [{ ...CHECKOUT, alpha: 0.01 }] } },
    );
    expect(await screen.findByText(/below the experiment’s alpha: IS BELOW 0.01,/)).toBeInTheDocument();
  });

  it('runs a query that is complete, once the field is left', async () => {
    const { onChange, onRunQuery } = show({ refId: 'A', queryType: 'impact', experiment: 'checkout', business: { costPerMs: 1 } }); // prettier-ignore
    await userEvent.clear(screen.getByLabelText('Cost of a ms'));
    await userEvent.type(screen.getByLabelText('Cost of a ms'), '0.5');
    expect(onRunQuery).not.toHaveBeenCalled();
    await userEvent.tab();
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ business: { costPerMs: 0.5 } }));
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('does not run one that is half-filled', async () => {
    const { onChange, onRunQuery } = show({ refId: 'A', queryType: 'impact', business: { costPerMs: 1 } });
    await userEvent.type(screen.getByLabelText('Currency'), 'EUR{Enter}');
    expect(onChange).toHaveBeenCalled();
    expect(onRunQuery).not.toHaveBeenCalled();
    expect(screen.getByRole('status')).toHaveTextContent('Choose an experiment.');
  });

  it('picks numeric by itself in alerting', () => {
    const { onChange } = show({ ...EXPERIMENT, format: 'table' }, { app: CoreApp.UnifiedAlerting });
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(onChange).toHaveBeenCalledWith({ ...EXPERIMENT, format: 'numeric', value: 'seq_p' });
  });

  it('sends no table from a rule, whatever is chosen', async () => {
    const numeric: EditedQuery = { ...EXPERIMENT, format: 'numeric', value: 'srm_p' };
    const { onChange } = show(numeric, { app: CoreApp.UnifiedAlerting });
    await userEvent.click(screen.getByLabelText('Format'));
    await userEvent.keyboard('table{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenCalledWith(numeric);
    expect(onChange).not.toHaveBeenCalledWith(expect.objectContaining({ format: 'table' }));
  });

  it('offers the metrics of the experiment a variable holds', async () => {
    const metrics = jest.fn(() => [{ id: 'accuracy', label: 'Accuracy' }]);
    show({ ...EXPERIMENT, experiment: '$experiment', format: 'timeseries' }, { resources: { metrics } });
    await userEvent.click(screen.getByLabelText('Metric'));
    await waitFor(() => expect(metrics).toHaveBeenCalledWith({ experiment: 'checkout' }));
  });

  it('describes a variable by the experiment it holds', async () => {
    show({ ...EXPERIMENT, experiment: '$experiment' });
    expect(await screen.findByText(/enhanced against baseline, sequential, 5 %, since 3 March/)).toBeInTheDocument();
  });

  it('keeps what it does not know, from a newer version or another hand', async () => {
    const stored = { refId: 'A', queryType: 'impact', experiment: 'checkout', invented: { by: 'a newer version' } } as const; // prettier-ignore
    const { onChange } = show({ ...stored, business: { costPerMs: 1 } });
    await userEvent.type(screen.getByLabelText('Currency'), 'EUR{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ invented: { by: 'a newer version' } }));
  });

  it('reads a query that Grafana’s own data source wrote', () => {
    const pasted = { legendFormat: '{{job}}', interval: '1m' };
    show({ ...pasted, refId: 'A', queryType: 'prometheus', expr: 'up' });
    expect(screen.getByLabelText('Question')).toHaveValue('PromQL');
    expect(screen.getByLabelText('Legend')).toHaveValue('{{job}}');
    expect(screen.getByLabelText('Min step')).toHaveValue(60);
  });

  it('leaves a query of an unknown type alone, and says so', () => {
    const { onChange } = show(Object.assign({ ...EXPERIMENT }, { queryType: 'telepathy' }));
    expect(screen.getByText(/does not know the query type “telepathy”/)).toBeInTheDocument();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('says that the experiment of a saved dashboard is gone', async () => {
    show({ ...EXPERIMENT, experiment: 'deleted' });
    expect(await screen.findByText(/“deleted” is not among the known experiments/)).toBeInTheDocument();
    expect(screen.getByLabelText('Experiment')).toHaveValue('deleted');
  });

  it('still edits for whoever may not list experiments', async () => {
    const { onChange } = show(EXPERIMENT, {
      resources: {
        experiments: () => {
          throw new Error('You may not list these (403).');
        },
      },
    });
    expect(await screen.findByText(/against the control, sequential/)).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('Experiment'));
    await userEvent.keyboard('other{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ experiment: 'other' }));
  });

  it('shows a name of 200 characters and one from right to left', async () => {
    const long = 'v'.repeat(200);
    const arabic = 'تجربة-الدفع';
    show(
      { ...EXPERIMENT, experiment: arabic, variants: [long] },
      { resources: { experiments: () => [{ ...CHECKOUT, id: arabic, name: arabic, variants: ['baseline', long] }] } },
    );
    expect(screen.getByLabelText('Experiment')).toHaveValue(arabic);
    const preview = await screen.findByText(new RegExp(`${long} against baseline`));
    expect(preview.closest('[dir]')).toHaveAttribute('dir', 'auto');
  });

  const QUERIES: EditedQuery[] = [
    { ...EXPERIMENT, metrics: [{ id: 'accuracy', role: 'goal' }, { id: 'error_rate', role: 'guardrail', margin: 0.002 }] },
    { ...EXPERIMENT, format: 'numeric', value: 'seq_p', definition: { control: 'baseline', start: 'yesterday' } },
    { refId: 'A', queryType: 'impact', experiment: 'checkout', business: { currency: 'EUR' } },
    { refId: 'A', queryType: 'overview', experiment: 'checkout' },
    { refId: 'A', queryType: 'monitor', metric: 'drift', method: 'psi', reference: { kind: 'fixed', from: '2026-01-01T00:00:00Z', to: '2026-01-08T00:00:00Z' }, filters: { environment: ['production'] } },
    { refId: 'A', queryType: 'annotations' },
    { refId: 'A', queryType: 'status' },
    { refId: 'A', queryType: 'prometheus', expr: 'up' },
    { refId: 'A', queryType: 'influx', query: 'SHOW DATABASES' },
    { refId: 'A', queryType: 'mlflow', mode: 'builder' },
    { refId: 'A', queryType: 'mlflow', mode: 'sql', rawSql: 'SELECT 1' },
  ]; // prettier-ignore

  it.each(QUERIES.map((query): [string, EditedQuery] => [query.queryType, query]))(
    'has nothing axe objects to: %s',
    async (_, query) => {
      const { container } = show(query);
      await screen.findByRole('status');
      expect(await findViolations(container)).toEqual([]);
    },
  );

  it('takes a statement when its box is left', async () => {
    const { onChange, onRunQuery } = show({ refId: 'A', queryType: 'prometheus' });
    await userEvent.type(screen.getByLabelText('PromQL'), 'up');
    expect(onRunQuery).not.toHaveBeenCalled();
    await userEvent.tab();
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ expr: 'up' }));
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('is filled by keyboard alone', async () => {
    const { onChange } = show({ refId: 'A', queryType: 'status' });
    await userEvent.tab();
    expect(screen.getByLabelText('Question')).toHaveFocus();
    await userEvent.keyboard('monit{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ queryType: 'monitor' }));
  });
});

describe('withQueryType', () => {
  it('keeps the experiment where the new question has one, and what belongs to no question', () => {
    const query: EditedQuery = { refId: 'A', queryType: 'experiment', experiment: 'x', method: 'fixed' };
    expect(withQueryType({ ...query, ...{ invented: 1 } }, 'impact')).toEqual({
      refId: 'A',
      queryType: 'impact',
      experiment: 'x',
      invented: 1,
    });
  });
});
