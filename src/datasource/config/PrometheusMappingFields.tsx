/** The Prometheus part of the mapping, field by field; an empty field is the preset's. */
import type { ComboboxOption } from '@grafana/ui';
import { PRESETS, type PresetName } from '../../contract/presets';
import type { PrometheusMapping } from '../../contract/settings';
import type { UpliftJsonData } from '../settings';
import { numberOrUnset, textOrUnset } from './access';
import { ChoiceField } from './ChoiceField';
import type { Faults } from './faults';
import { OwnMetricsField } from './OwnMetricsField';
import { TextField } from './TextField';

type Overlay = NonNullable<NonNullable<UpliftJsonData['mapping']>['prometheus']>;
type TextName = Exclude<keyof PrometheusMapping, 'scale' | 'accuracyGaugeScale' | 'metrics'>;

interface MappedName {
  name: TextName;
  label: string;
  description?: string;
  /** It may be said not to exist, by a dash. */
  isOptional: boolean;
}

const FIELDS: readonly MappedName[] = [
  { name: 'variant', label: 'Variant label', isOptional: false },
  { name: 'experiment', label: 'Experiment label', isOptional: true },
  { name: 'version', label: 'Model version label', isOptional: true },
  { name: 'instance', label: 'Instance label', isOptional: false },
  { name: 'requests', label: 'Requests', description: 'Counter; %m is the place of the matchers', isOptional: false },
  { name: 'errors', label: 'Errors', description: 'Counter', isOptional: true },
  {
    name: 'errorsFallback',
    label: 'Errors by status',
    description: 'Counter of whatever is not a success, where there is no counter of errors',
    isOptional: true,
  },
  { name: 'bucket', label: 'Latency buckets', description: 'For p95', isOptional: true },
  { name: 'sum', label: 'Latency sum', isOptional: true },
  { name: 'count', label: 'Latency count', isOptional: true },
  {
    name: 'labelled',
    label: 'Labelled predictions',
    description: 'Counter of predictions whose right answer has become known',
    isOptional: true,
  },
  { name: 'correct', label: 'Correct predictions', description: 'Counter of those that were right', isOptional: true },
  { name: 'accuracyGauge', label: 'Accuracy gauge', description: 'Shown, never tested', isOptional: true },
  { name: 'trafficPercentage', label: 'Traffic percentage gauge', isOptional: true },
];

const SCALES: Array<ComboboxOption<PrometheusMapping['accuracyGaugeScale']>> = [
  { value: 'fraction', label: 'Fraction (0.82)' },
  { value: 'percent', label: 'Percent (82)' },
];

/** Says that the exporter does not offer it. */
const ABSENT = '-';

interface Props {
  preset: PresetName;
  mapping: Overlay;
  faults: Faults;
  onChange: (changed: Partial<Overlay>) => void;
}

export function PrometheusMappingFields({ preset, mapping, faults, onChange }: Props) {
  const own = PRESETS[preset].prometheus;
  return (
    <>
      <p>An empty field is as the serving system has it; a dash says that your exporter does not offer it.</p>
      {FIELDS.map(({ name, label, description, isOptional }) => (
        <TextField
          key={name}
          id={`mapping-prometheus-${name}`}
          label={label}
          description={description}
          value={mapping[name] === null ? ABSENT : mapping[name]}
          placeholder={own[name] ?? 'Not offered'}
          fault={faults.get(`mapping.prometheus.${name}`)}
          onChange={(text) => onChange({ [name]: isOptional && text === ABSENT ? null : textOrUnset(text) })}
        />
      ))}
      <TextField
        id="mapping-prometheus-scale"
        label="Latency scale"
        description="What turns its unit into seconds: 1 for seconds, 0.001 for milliseconds"
        type="number"
        value={mapping.scale}
        placeholder={String(own.scale)}
        fault={faults.get('mapping.prometheus.scale')}
        onChange={(text) => onChange({ scale: numberOrUnset(text) })}
      />
      <ChoiceField
        id="mapping-prometheus-accuracy-scale"
        label="Accuracy gauge is in"
        options={SCALES}
        value={mapping.accuracyGaugeScale ?? own.accuracyGaugeScale}
        onChange={(accuracyGaugeScale) => onChange({ accuracyGaugeScale })}
      />
      <OwnMetricsField
        metrics={mapping.metrics}
        preset={own.metrics}
        faults={faults}
        onChange={(metrics) => onChange({ metrics })}
      />
    </>
  );
}
