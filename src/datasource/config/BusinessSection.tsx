/** What a difference between variants is worth: assumptions, until someone measures them. */
import { FieldSet } from '@grafana/ui';
import { textOrUnset, type SettingsAccess } from './access';
import { NumberFields, type NumberSetting } from './NumberFields';
import { TextField } from './TextField';

type Parameter =
  | 'baseVolume'
  | 'revenueMultiplier'
  | 'multiplierCv'
  | 'costPerMs'
  | 'costPerError'
  | 'infrastructure'
  | 'servingCost'
  | 'requestsPerDay';

const numbersIn = (currency: string): ReadonlyArray<NumberSetting<Parameter>> => [
  {
    name: 'baseVolume',
    label: 'Base volume a day',
    description: 'What the whole business turns over',
    unit: currency,
    placeholder: '10000000',
  },
  {
    name: 'revenueMultiplier',
    label: 'Revenue multiplier',
    description: 'Share of the volume gained per 1.00 of accuracy; 0.005 is 0.5 %',
    placeholder: '0.005',
  },
  {
    name: 'multiplierCv',
    label: 'Uncertainty of the multiplier',
    description: 'Its coefficient of variation; 0: intervals carry sampling error only',
    placeholder: '0.5',
  },
  {
    name: 'costPerMs',
    label: 'Cost of a millisecond',
    description: 'Of one more millisecond on one request',
    unit: currency,
    placeholder: '0.0001',
  },
  { name: 'costPerError', label: 'Cost of a failed request', unit: currency, placeholder: '50' },
  {
    name: 'infrastructure',
    label: 'Infrastructure a year',
    description: 'What the new variant costs on top',
    unit: currency,
    placeholder: '53000',
  },
  { name: 'servingCost', label: 'Cost of serving one request', unit: currency, placeholder: '0' },
  {
    name: 'requestsPerDay',
    label: 'Requests a day at full rollout',
    placeholder: 'Measured',
  },
];

export function BusinessSection({ settings, faults, change }: SettingsAccess) {
  const { business = {} } = settings;
  return (
    <FieldSet label="Business parameters">
      <p>What a difference is worth. A query or a slider may override each.</p>
      <TextField
        id="business-currency"
        label="Currency"
        description="ISO 4217 code"
        value={business.currency}
        placeholder="USD"
        fault={faults.get('business.currency')}
        onChange={(currency) => change('business', { ...business, currency: textOrUnset(currency.toUpperCase()) })}
      />
      <NumberFields
        part="business"
        fields={numbersIn(business.currency ?? 'USD')}
        values={business}
        faults={faults}
        onChange={(name, value) => change('business', { ...business, [name]: value })}
      />
    </FieldSet>
  );
}
