/** The metrics of an experiment: which is the goal, which are guardrails, and how much worse those may get. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Text, useStyles2, type ComboboxOption } from '@grafana/ui';
import type { MetricRole } from '../../../contract/experiment';
import { numberOrUnset } from '../access';
import { ChoiceField } from '../ChoiceField';
import type { Faults } from '../faults';
import { TextField } from '../TextField';
import type { EditedMetric } from './definition';

interface Props {
  metrics: readonly EditedMetric[];
  /** The mapping's own, beside the built-in ones. */
  ownMetrics: readonly ComboboxOption[];
  faults: Faults;
  onChange: (metrics: EditedMetric[] | undefined) => void;
}

const BUILT_IN: ComboboxOption[] = [
  { value: 'accuracy', label: 'Accuracy' },
  { value: 'error_rate', label: 'Error rate' },
  { value: 'latency_mean_ms', label: 'Latency mean' },
  { value: 'latency_p95_ms', label: 'Latency p95' },
];
const ROLES: Array<ComboboxOption<MetricRole>> = [
  { value: 'goal', label: 'Goal' },
  { value: 'guardrail', label: 'Guardrail', description: 'May not get worse by more than its margin' },
  { value: 'secondary', label: 'Secondary' },
];

export function MetricRows({ metrics, ownMetrics, faults, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const setAll = (all: EditedMetric[]) => onChange(all.length === 0 ? undefined : all);
  const set = (index: number, changed: Partial<EditedMetric>) =>
    setAll(metrics.map((metric, at) => (at === index ? { ...metric, ...changed } : metric)));
  const choices = [...BUILT_IN, ...ownMetrics];
  const unused = choices.find(({ value }) => !metrics.some(({ id }) => id === value))?.value;
  return (
    <div role="group" aria-label="Metrics" className={styles.group}>
      {metrics.length === 0 && (
        <Text element="p" color="secondary">
          All metrics are compared, with accuracy as the goal.
        </Text>
      )}
      {metrics.map((metric, index) => (
        <fieldset key={index} className={styles.row} aria-label={`Metric ${index + 1}`}>
          <ChoiceField
            id={`metric-${index}-id`}
            label={`Metric ${index + 1}`}
            options={choices}
            value={metric.id}
            fault={faults.get(`metrics.${index}.id`)}
            onChange={(id) => set(index, { id })}
          />
          <ChoiceField
            id={`metric-${index}-role`}
            label="Role"
            options={ROLES}
            value={metric.role ?? 'secondary'}
            onChange={(role) => set(index, { role })}
          />
          <TextField
            id={`metric-${index}-margin`}
            label="Margin"
            description="0.002 is 0.20 pp; ms for latency"
            type="number"
            value={metric.margin}
            placeholder="None"
            fault={faults.get(`metrics.${index}.margin`)}
            onChange={(text) => set(index, { margin: numberOrUnset(text) })}
          />
          <IconButton
            name="trash-alt"
            aria-label={`Remove metric ${index + 1}`}
            onClick={() => setAll(metrics.filter((_, at) => at !== index))}
          />
        </fieldset>
      ))}
      {unused !== undefined && (
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => setAll([...metrics, { id: unused, role: metrics.length === 0 ? 'goal' : 'guardrail' }])}
        >
          Add metric
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  group: css({ marginBottom: theme.spacing(2) }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
    alignItems: 'start',
    columnGap: theme.spacing(1),
    border: 0,
    margin: 0,
    padding: 0,
    minWidth: 0,
  }),
});
