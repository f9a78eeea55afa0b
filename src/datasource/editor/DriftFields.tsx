/** How drift is measured, against what, and from where on it counts. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { instantSchema } from '../../contract/experiment';
import type { DriftReference, MonitorQuery } from '../../contract/query';
import type { EditedQueryOf } from '../query';
import { ChoiceField } from './ChoiceField';
import { numberOf, TextField } from './TextField';

type Query = EditedQueryOf<'monitor'>;

const METHODS: Array<ComboboxOption<MonitorQuery['method']>> = [
  { value: 'stored', label: 'As stored', description: 'What a drift job wrote' },
  { value: 'psi', label: 'PSI', description: 'Population stability index' },
  { value: 'js', label: 'Jensen–Shannon', description: 'Between 0 (the same) and 1' },
  { value: 'ks', label: 'Kolmogorov–Smirnov', description: 'The largest distance between the two distributions' },
  {
    value: 'wasserstein',
    label: 'Wasserstein',
    description: 'How far values moved, in standard deviations of the reference',
  },
];
const REFERENCES: Array<ComboboxOption<DriftReference['kind']>> = [
  { value: 'previous', label: 'The period before', description: 'As long as the dashboard’s range' },
  { value: 'fixed', label: 'A fixed period', description: 'For example the one the model was trained on' },
  { value: 'control', label: 'The control', description: 'Over the same period' },
];
const STORES: Array<ComboboxOption<NonNullable<MonitorQuery['store']>>> = [
  { value: 'prometheus', label: 'Prometheus' },
  { value: 'influx', label: 'InfluxDB' },
];

/** A period to start from when a fixed one is chosen: the first week of the year. */
function firstFixed(now: Date): DriftReference {
  const year = String(now.getUTCFullYear());
  return { kind: 'fixed', from: `${year}-01-01T00:00:00Z`, to: `${year}-01-08T00:00:00Z` };
}

const faultOf = (instant: string): string | undefined => instantSchema.safeParse(instant).error?.issues[0]?.message;

interface Props {
  query: Query;
  onChange: (changed: Partial<Query>) => void;
}

export function DriftFields({ query, onChange }: Props) {
  const { refId, method = 'stored', reference = { kind: 'previous' }, bands } = query;
  const setBand = (band: 'watch' | 'drifted', value: number | undefined) => {
    // Of one limit alone the other is the same until it is set.
    onChange({ bands: value === undefined ? undefined : { watch: value, drifted: value, ...bands, [band]: value } });
  };
  return (
    <>
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-drift-method-${refId}`}
          label="Method"
          options={METHODS}
          value={method}
          onChange={(chosen) => onChange({ method: chosen })}
        />
        {method !== 'stored' && (
          <>
            <ChoiceField
              id={`uplift-reference-${refId}`}
              label="Against"
              tooltip="The reference window drift is measured against"
              options={REFERENCES}
              value={reference.kind}
              onChange={(kind) => onChange({ reference: kind === 'fixed' ? firstFixed(new Date()) : { kind } })}
            />
            <ChoiceField
              id={`uplift-store-${refId}`}
              label="Store"
              options={STORES}
              value={query.store}
              placeholder="Any that keeps histograms"
              onChange={(store) => onChange({ store })}
            />
          </>
        )}
      </InlineFieldRow>
      {method !== 'stored' && reference.kind === 'fixed' && (
        <InlineFieldRow>
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              id={`uplift-reference-${end}-${refId}`}
              label={end === 'from' ? 'From' : 'To'}
              tooltip="Of the reference; ISO 8601 with an offset, e.g. 2026-03-03T09:00:00+01:00"
              value={reference[end]}
              fault={faultOf(reference[end])}
              onChange={(instant) => instant !== undefined && onChange({ reference: { ...reference, [end]: instant } })}
            />
          ))}
        </InlineFieldRow>
      )}
      <InlineFieldRow>
        {(['watch', 'drifted'] as const).map((band) => (
          <TextField
            key={band}
            id={`uplift-band-${band}-${refId}`}
            label={band === 'watch' ? 'Watch from' : 'Drifted from'}
            tooltip="In the method’s own unit; otherwise its convention, e.g. 0.1 and 0.25 of PSI"
            type="number"
            value={bands?.[band]}
            placeholder="The method’s convention"
            fault={bands && bands.watch > bands.drifted ? 'Watch may not lie above drifted' : undefined}
            onChange={(text) => setBand(band, numberOf(text))}
          />
        ))}
      </InlineFieldRow>
    </>
  );
}
