/** The InfluxDB part of the mapping: measurements, tags and fields. */
import type { UpliftJsonData } from '../settings';
import { textOrUnset } from './access';
import type { Faults } from './faults';
import { TextField } from './TextField';

type Overlay = NonNullable<NonNullable<UpliftJsonData['mapping']>['influx']>;

const FIELDS: ReadonlyArray<{ name: keyof Overlay; label: string; placeholder: string }> = [
  { name: 'measurement', label: 'Scoring measurement', placeholder: 'model_scoring' },
  { name: 'variant', label: 'Variant tag', placeholder: 'variant' },
  { name: 'experiment', label: 'Experiment tag', placeholder: 'deployment' },
  { name: 'rows', label: 'Rows scored field', placeholder: 'rows_scored' },
  { name: 'errors', label: 'Errors field', placeholder: 'errors' },
  { name: 'latencyMean', label: 'Mean latency field, ms', placeholder: 'latency_ms' },
  { name: 'latencyP95', label: 'p95 latency field, ms', placeholder: 'latency_p95_ms' },
  { name: 'prediction', label: 'Average prediction field', placeholder: 'avg_prediction' },
  { name: 'drift', label: 'Drift measurement', placeholder: 'model_drift' },
  { name: 'alerts', label: 'Alerts measurement', placeholder: 'model_alerts' },
];

interface Props {
  mapping: Overlay;
  faults: Faults;
  onChange: (changed: Partial<Overlay>) => void;
}

export function InfluxMappingFields({ mapping, faults, onChange }: Props) {
  return (
    <>
      {FIELDS.map(({ name, ...field }) => {
        const value = mapping[name];
        return (
          <TextField
            key={name}
            {...field}
            id={`mapping-influx-${name}`}
            value={typeof value === 'string' ? value : undefined}
            fault={faults.get(`mapping.influx.${name}`)}
            onChange={(text) => onChange({ [name]: textOrUnset(text) })}
          />
        );
      })}
    </>
  );
}
