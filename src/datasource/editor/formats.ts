/** The forms of an answer, in the words of the editor. */
import type { ComboboxOption } from '@grafana/ui';
import type { Format } from '../../contract/query';

export const FORMATS: Array<ComboboxOption<Format>> = [
  { value: 'table', label: 'Table', description: 'Everything known, as the panels of Uplift read it' },
  { value: 'timeseries', label: 'Time series', description: 'Over time; of an experiment: its replay from the start' },
  { value: 'numeric', label: 'Numeric', description: 'One number a variant and metric, for alert rules' },
];

/** Where nothing is known over time. */
export const FORMATS_WITHOUT_TIME = FORMATS.filter(({ value }) => value !== 'timeseries');

/** `harm_bound` as `harm bound`. */
export const toOption = <T extends string>(value: T): ComboboxOption<T> => ({
  value,
  label: value.replaceAll('_', ' '),
});
