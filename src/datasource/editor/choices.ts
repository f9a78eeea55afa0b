/** What the stores know, as options to choose from: searched as one types. */
import type { ComboboxOption } from '@grafana/ui';
import type { Lister } from '../variable-choices';

type Search = (search: string) => Promise<ComboboxOption[]>;

/** Those whose words contain what was typed. */
const matching = (options: ComboboxOption[], search: string): ComboboxOption[] => {
  const wanted = search.toLowerCase();
  return options.filter(({ value, label = '' }) => `${value} ${label}`.toLowerCase().includes(wanted));
};

export const experimentOptions =
  (lister: Lister): Search =>
  async (search) =>
    matching(
      (await lister.listExperiments()).map(({ id, name, status }) => ({
        value: id,
        label: name,
        description: `${id} · ${status}`,
      })),
      search,
    );

/** Metrics of an experiment; none until one is chosen. */
export const metricOptions =
  (lister: Lister, experiment: string | undefined): Search =>
  async (search) =>
    matching(
      experiment === undefined || experiment === ''
        ? []
        : (await lister.listMetrics(experiment)).map(({ id, label }) => ({ value: id, label })),
      search,
    );

/** Variants of an experiment, without its control unless that may be chosen, too. */
export const variantOptions =
  (lister: Lister, experiment: string | undefined, withControl = false): Search =>
  async (search) => {
    const found = (await lister.listExperiments()).find(({ id, name }) => id === experiment || name === experiment);
    const variants = (found?.variants ?? []).filter((variant) => withControl || variant !== found?.control);
    return matching(
      variants.map((value) => ({ value })),
      search,
    );
  };

export const valueOptions =
  (lister: Lister, dimension: string, experiment?: string): Search =>
  async (search) =>
    (await lister.listValues(dimension, search, experiment)).map((value) => ({ value }));

/** Names of the metrics or params that MLflow holds. */
export const keyOptions =
  (lister: Lister, dimension: '#metric' | '#param'): Search =>
  async (search) =>
    (await lister.listValues(dimension, search, '', 'mlflow')).map((value) => ({ value }));

/** The dimensions of the monitoring page; others may be typed. */
export const DIMENSIONS: ComboboxOption[] = [
  { value: 'variant' },
  { value: 'model' },
  { value: 'version' },
  { value: 'environment' },
  { value: 'deployment_type', label: 'deployment type' },
  { value: 'deployment_mode', label: 'deployment mode' },
  { value: 'problem_type', label: 'problem type' },
  { value: 'feature' },
  { value: 'region' },
];
