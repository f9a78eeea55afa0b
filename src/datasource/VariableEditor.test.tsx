import './testing/canvas';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { findViolations } from './testing/accessibility';
import { standIn } from './testing/data-source';
import { VariableEditor } from './VariableEditor';
import { VARIABLE_KINDS, type VariableQuery } from './variable-query';

// Grafana's own code editor asks the running Grafana for its code, which no test has.
jest.mock('@grafana/ui', () => ({
  ...jest.requireActual<object>('@grafana/ui'),
  ...jest.requireActual<object>('./testing/PlainCodeEditor'),
}));

function show(query: VariableQuery) {
  const onChange = jest.fn<undefined, [VariableQuery]>();
  const lister = standIn();
  function Holder() {
    const [held, setHeld] = useState(query);
    const change = (changed: VariableQuery) => {
      onChange(changed);
      setHeld(changed);
    };
    return <VariableEditor lister={lister} query={held} onChange={change} />;
  }
  return { onChange, ...render(<Holder />) };
}

it.each(VARIABLE_KINDS)('has nothing axe objects to: %s', async (kind) => {
  const { container } = show({ refId: 'v', kind });
  expect(await findViolations(container)).toEqual([]);
});

it('chains a list by another variable', async () => {
  const { onChange } = show({ refId: 'v', kind: 'variants' });
  await userEvent.click(screen.getByLabelText('Experiment'));
  await userEvent.keyboard('$experiment{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({ refId: 'v', kind: 'variants', experiment: '$experiment' });
});

it('takes a statement with its source and label', async () => {
  const { onChange } = show({ refId: 'v', kind: 'statement', source: 'prometheus' });
  await userEvent.type(screen.getByLabelText('Statement'), 'up');
  await userEvent.type(screen.getByLabelText('Column or label'), 'job{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({ refId: 'v', kind: 'statement', source: 'prometheus', statement: 'up', label: 'job' }); // prettier-ignore
});
