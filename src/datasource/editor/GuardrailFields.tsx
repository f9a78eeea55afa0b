/** Which metrics are compared, and which of them may not get worse by more than a margin. */
import { InlineFieldRow } from '@grafana/ui';
import type { z } from 'zod';
import type { metricDefinitionSchema } from '../../contract/experiment';
import type { UpliftDataSource } from '../datasource';
import { metricOptions } from './choices';
import { ListField } from './ListField';
import { numberOf, TextField } from './TextField';

type Metric = z.input<typeof metricDefinitionSchema>;

interface Props {
  datasource: UpliftDataSource;
  refId: string;
  experiment: string | undefined;
  metrics: readonly Metric[] | undefined;
  onChange: (metrics: Metric[] | undefined) => void;
}

const isGuardrail = ({ role }: Metric): boolean => role === 'guardrail';

/** The chosen names with what was already known of each. */
const withNames = (names: readonly string[], known: readonly Metric[], role: Metric['role']): Metric[] =>
  names.map((id) => {
    const before = known.find((metric) => metric.id === id);
    const isSame = before !== undefined && isGuardrail(before) === (role === 'guardrail');
    return isSame ? before : { ...before, id, role };
  });

/** Latencies have margins in ms, shares as fractions. */
const unitOf = (metric: string): string | undefined =>
  metric.endsWith('_ms') ? 'ms' : /rate|accuracy|precision|recall/.test(metric) ? '0…1' : undefined;

export function GuardrailFields({ datasource, refId, experiment, metrics = [], onChange }: Props) {
  const options = metricOptions(datasource, experiment);
  const guardrails = metrics.filter(isGuardrail);
  const others = metrics.filter((metric) => !isGuardrail(metric));
  const change = (changed: Metric[]) => onChange(changed.length === 0 ? undefined : changed);
  return (
    <>
      <InlineFieldRow>
        <ListField
          id={`uplift-metrics-${refId}`}
          label="Metrics"
          tooltip="The first is the goal: the one that decides"
          options={options}
          value={others.map(({ id }) => id)}
          placeholder="As the experiment defines"
          onChange={(names = []) =>
            change([
              ...withNames(names, metrics, 'secondary').map((metric, index) =>
                index === 0 ? { ...metric, role: 'goal' as const } : metric,
              ),
              ...guardrails.filter(({ id }) => !names.includes(id)),
            ])
          }
        />
        <ListField
          id={`uplift-guardrails-${refId}`}
          label="Guardrails"
          tooltip="Metrics that may not get worse by more than a margin"
          options={options}
          value={guardrails.map(({ id }) => id)}
          placeholder="As the experiment defines"
          onChange={(names = []) =>
            change([...others.filter(({ id }) => !names.includes(id)), ...withNames(names, metrics, 'guardrail')])
          }
        />
      </InlineFieldRow>
      {guardrails.length > 0 && (
        <InlineFieldRow>
          {guardrails.map((guardrail) => (
            <TextField
              key={guardrail.id}
              id={`uplift-margin-${guardrail.id}-${refId}`}
              label={`Margin, ${guardrail.id.replaceAll('_', ' ')}`}
              labelWidth="auto"
              tooltip="How much worse than the control is still acceptable, in the metric’s own unit"
              type="number"
              value={guardrail.margin}
              placeholder="As the experiment defines"
              unit={unitOf(guardrail.id)}
              fault={guardrail.margin !== undefined && guardrail.margin <= 0 ? 'A positive number' : undefined}
              onChange={(text) =>
                change(
                  metrics.map((metric) =>
                    metric.id === guardrail.id ? { ...metric, margin: numberOf(text) } : metric,
                  ),
                )
              }
            />
          ))}
        </InlineFieldRow>
      )}
    </>
  );
}
