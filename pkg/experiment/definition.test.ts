import { experimentDefinitionSchema, type ExperimentDefinitionInput } from '../../src/contract/experiment';
import { FailureError } from '../../src/contract/failure';
import { findExperiment, overlayDefinition, settleExperiment, type KnownExperiment } from './definition';

const known = (definition: ExperimentDefinitionInput, seen: KnownExperiment['seen'] = {}): KnownExperiment => ({
  definition: experimentDefinitionSchema.parse(definition),
  origin: 'settings',
  seen,
});

function failureOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof FailureError) {
      return error.failure;
    }
    throw error;
  }
  throw new Error('nothing failed');
}

describe('finding the experiment a query means', () => {
  const two = [known({ id: 'checkout', name: 'Checkout' }), known({ id: 'fraud' })];

  it.each([
    ['by id', 'fraud', 'fraud'],
    ['by name', 'Checkout', 'checkout'],
  ])('finds it %s', (_, reference, id) => {
    expect(findExperiment(reference, two).definition.id).toBe(id);
  });

  it('takes the only one when none is named', () => {
    expect(findExperiment(' ', two.slice(0, 1)).definition.id).toBe('checkout');
  });

  it('names the candidates when one is unknown or several could be meant', () => {
    expect(failureOf(() => findExperiment('nope', two))).toMatchObject({
      field: 'experiment',
      fix: 'Choose one of: checkout, fraud.',
    });
    expect(failureOf(() => findExperiment('', two))).toMatchObject({
      field: 'experiment',
      fix: 'Choose one of: checkout, fraud.',
    });
  });
});

describe('settling the control', () => {
  const variants = (...names: string[]) => names.map((name) => ({ name }));

  it.each<[string, ExperimentDefinitionInput, string]>([
    ['the explicit one', { id: 'x', control: 'b', variants: variants('baseline', 'b') }, 'b'],
    ['the variant with the role', { id: 'x', variants: [{ name: 'a' }, { name: 'z', role: 'control' }] }, 'z'],
    ['the only name that reads like one', { id: 'x', variants: variants('a', 'Champion-2') }, 'Champion-2'],
  ])('takes %s', (_, definition, control) => {
    const experiment = settleExperiment(known(definition));
    expect(experiment.control).toBe(control);
    expect(experiment.variants[0]).toMatchObject({ name: control, role: 'control' });
  });

  it.each<[string, ExperimentDefinitionInput]>([
    ['no name reads like a control', { id: 'x', variants: variants('a', 'b') }],
    ['two names do', { id: 'x', variants: variants('baseline', 'champion', 'c') }],
  ])('is not guessed when %s', (_, definition) => {
    expect(failureOf(() => settleExperiment(known(definition)))).toMatchObject({ field: 'control', class: 'config' });
  });

  it('must be one of the variants', () => {
    const failure = failureOf(() => settleExperiment(known({ id: 'x', control: 'q', variants: variants('a', 'b') })));
    expect(failure).toMatchObject({ field: 'control', fix: 'Set the control to one of: a, b.' });
  });

  it('takes variants from what the stores show when none are listed', () => {
    const experiment = settleExperiment(known({ id: 'x' }, { prometheus: ['new', 'baseline'] }));
    expect(experiment.variants.map(({ name, role }) => [name, role])).toEqual([
      ['baseline', 'control'],
      ['new', 'treatment'],
    ]);
  });
});

describe('settling phases', () => {
  const base: ExperimentDefinitionInput = {
    id: 'x',
    control: 'a',
    variants: [{ name: 'a' }, { name: 'b' }, { name: 's', role: 'shadow' }],
    start: '2026-03-01T00:00:00Z',
  };

  it('turns shares of any scale into fractions and leaves shadows out', () => {
    const { phases } = settleExperiment(known({ ...base, split: { a: 70, b: 30, s: 100 } }));
    expect(phases).toEqual([{ from: Date.UTC(2026, 2, 1), split: { a: 0.7, b: 0.3 } }]);
  });

  it('refuses a split that names a stranger or gives nobody traffic', () => {
    expect(failureOf(() => settleExperiment(known({ ...base, split: { a: 1, q: 1 } })))).toMatchObject({
      field: 'split',
    });
    expect(failureOf(() => settleExperiment(known({ ...base, split: { a: 0, b: 0 } })))).toMatchObject({
      field: 'split',
    });
  });

  it('refuses an end before the start and one name for two variants in a store', () => {
    expect(failureOf(() => settleExperiment(known({ ...base, end: '2026-02-01T00:00:00Z' })))).toMatchObject({
      field: 'end',
    });
    const twice = { ...base, variants: [{ name: 'a' }, { name: 'b', alias: { prometheus: 'a' } }] };
    expect(failureOf(() => settleExperiment(known(twice)))).toMatchObject({ field: 'variants', source: 'prometheus' });
  });
});

it('lets the query override single fields of a known definition', () => {
  const overlaid = overlayDefinition(known({ id: 'x', control: 'a', alpha: 0.05 }), { control: 'b', start: undefined });
  expect(overlaid).toMatchObject({ origin: 'query', definition: { id: 'x', control: 'b', alpha: 0.05 } });
});
