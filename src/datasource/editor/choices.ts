/** What the stores know, as options to choose from: searched as one types. */
import type { ComboboxOption } from '@grafana/ui';
import type { Lister } from '../lister';

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

/** Metrics of an experiment, or of the one a variable holds now; none until one is chosen. */
export const metricOptions =
  (lister: Lister, experiment = ''): Search =>
  async (search) => {
    const asked = lister.resolve(experiment);
    const metrics = asked === '' ? [] : await lister.listMetrics(asked);
    return matching(
      metrics.map(({ id, label }) => ({ value: id, label })),
      search,
    );
  };

/** Variants of an experiment, without its control unless that may be chosen, too. */
export const variantOptions =
  (lister: Lister, experiment = '', withControl = false): Search =>
  async (search) => {
    const asked = lister.resolve(experiment);
    const found = (await lister.listExperiments()).find(({ id, name }) => id === asked || name === asked);
    const variants = (found?.variants ?? []).filter((variant) => withControl || variant !== found?.control);
    return matching(
      variants.map((value) => ({ value })),
      search,
    );
  };

export const valueOptions =
  (lister: Lister, dimension: string, experiment = ''): Search =>
  async (search) =>
    (await lister.listValues(lister.resolve(dimension), search, lister.resolve(experiment))).map((value) => ({
      value,
    }));

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
