/** An experiment under edit: as it is stored, before defaults. */
import type { ExperimentDefinitionInput } from '../../../contract/experiment';

export type EditedDefinition = ExperimentDefinitionInput;
export type EditedVariant = NonNullable<EditedDefinition['variants']>[number];
export type EditedMetric = NonNullable<EditedDefinition['metrics']>[number];

/** What a new experiment begins with: two variants, the control named. */
export const NEW_DEFINITION: EditedDefinition = {
  id: '',
  control: 'baseline',
  variants: [
    { name: 'baseline', role: 'control' },
    { name: '', role: 'treatment' },
  ],
};

/** In the list: which variants it compares, and since when. */
export function describeDefinition({ control, variants = [], start }: EditedDefinition): string {
  const names = variants
    .map(({ name }) => (name === control ? `${name} (control)` : name))
    .filter((name) => name !== '');
  const since = start === undefined ? 'no start: descriptive only' : `since ${start}`;
  return `${names.join(', ') || 'variants as the stores show them'}; ${since}`;
}
