/** Business parameters of one query; what it leaves empty is the data source's. */
import { Collapse, InlineFieldRow } from '@grafana/ui';
import { isUndefined, omitBy } from 'lodash';
import { useState } from 'react';
import { businessOverlaySchema, businessParametersSchema, type BusinessOverlay } from '../../contract/business';
import { withoutEmptyTexts } from '../../contract/from-text';
import type { UpliftDataSource } from '../datasource';
import { numberOf, TextField } from './TextField';

type NumberName = Exclude<keyof BusinessOverlay, 'currency'>;

const NUMBERS: ReadonlyArray<{ name: NumberName; label: string; tooltip: string; unit?: string }> = [
  { name: 'baseVolume', label: 'Base volume', tooltip: 'What the whole business turns over a day', unit: 'a day' },
  { name: 'revenueMultiplier', label: 'Revenue share', tooltip: 'Share of volume gained for 1.00 more accuracy' },
  { name: 'costPerMs', label: 'Cost of a ms', tooltip: 'Cost of one more millisecond on one request' },
  { name: 'costPerError', label: 'Error cost', tooltip: 'Cost of one failed request' },
  { name: 'infrastructure', label: 'Infrastructure', tooltip: 'Additional cost of serving the variant', unit: 'a year' },
  { name: 'servingCost', label: 'Serving cost', tooltip: 'Cost of serving one request' },
  { name: 'requestsPerDay', label: 'Requests a day', tooltip: 'At full rollout; otherwise from what was measured' },
  { name: 'multiplierCv', label: 'Share’s spread', tooltip: 'Coefficient of variation of the revenue share; 0 leaves sampling error only' },
]; // prettier-ignore

interface Props {
  datasource: UpliftDataSource;
  refId: string;
  business: BusinessOverlay | undefined;
  onChange: (business: BusinessOverlay | undefined) => void;
}

export function BusinessFields({ datasource, refId, business = {}, onChange }: Props) {
  const [isOpen, setOpen] = useState(Object.keys(business).length > 0);
  const settled = businessParametersSchema.safeParse(withoutEmptyTexts(datasource.business ?? {}));
  const faults = businessOverlaySchema.safeParse(business).error?.issues ?? [];
  const faultOf = (name: string) => faults.find(({ path }) => path[0] === name)?.message;
  const set = (changed: BusinessOverlay) => {
    const next = omitBy({ ...business, ...changed }, isUndefined);
    onChange(Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <Collapse label="Business parameters of this query" isOpen={isOpen} onToggle={setOpen}>
      <InlineFieldRow>
        {NUMBERS.map(({ name, label, tooltip, unit }) => (
          <TextField
            key={name}
            id={`uplift-${name}-${refId}`}
            label={label}
            tooltip={tooltip}
            type="number"
            value={business[name]}
            placeholder={String(settled.data?.[name] ?? 'Measured')}
            unit={unit}
            fault={faultOf(name)}
            onChange={(text) => set({ [name]: numberOf(text) })}
          />
        ))}
        <TextField
          id={`uplift-currency-${refId}`}
          label="Currency"
          tooltip="ISO 4217, e.g. EUR"
          value={business.currency}
          placeholder={settled.data?.currency}
          fault={faultOf('currency')}
          onChange={(currency) => set({ currency })}
        />
      </InlineFieldRow>
    </Collapse>
  );
}
