/** The variants: name, role, share of the traffic, and what each store calls them. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, useStyles2, type ComboboxOption } from '@grafana/ui';
import { omit } from 'lodash';
import { SOURCE_LABELS, SOURCE_NAMES, type SourceName } from '../../../calc/provenance';
import type { Role } from '../../../contract/experiment';
import { numberOrUnset } from '../access';
import { ChoiceField } from '../ChoiceField';
import type { Faults } from '../faults';
import { TextField } from '../TextField';
import type { EditedVariant } from './definition';

type Split = Record<string, number>;

interface Props {
  variants: readonly EditedVariant[];
  /** Shares by name; null where phases hold them. */
  split: Split | null;
  faults: Faults;
  onChange: (variants: EditedVariant[], split: Split | null) => void;
}

const ROLES: Array<ComboboxOption<Role>> = [
  { value: 'control', label: 'Control' },
  { value: 'treatment', label: 'Treatment' },
  { value: 'shadow', label: 'Shadow', description: 'Sees copies of requests; cannot win' },
  { value: 'holdout', label: 'Holdout' },
];

export function VariantRows({ variants, split, faults, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const replace = (index: number, changed: Partial<EditedVariant>) =>
    variants.map((variant, at) => (at === index ? { ...variant, ...changed } : variant));
  const rename = (index: number, name: string) => {
    const before = variants[index]?.name ?? '';
    onChange(replace(index, { name }), split && renameShare(split, before, name));
  };
  const alias = (index: number, store: SourceName, text: string) => {
    const others = omit(variants[index]?.alias, store);
    onChange(replace(index, { alias: text === '' ? others : { ...others, [store]: text } }), split);
  };
  const share = (name: string, text: string) => {
    const others = omit(split, name);
    const value = numberOrUnset(text);
    onChange([...variants], value === undefined ? others : { ...others, [name]: value });
  };
  return (
    <div role="group" aria-label="Variants">
      {variants.map((variant, index) => {
        const label = variant.name === '' ? `variant ${index + 1}` : variant.name;
        return (
          // A name is typed letter by letter, so the place is the identity.
          <fieldset key={index} className={styles.row} aria-label={`Variant ${index + 1}`}>
            <TextField
              id={`variant-${index}-name`}
              label={`Variant ${index + 1}`}
              value={variant.name}
              fault={faults.get(`variants.${index}.name`)}
              onChange={(name) => rename(index, name)}
            />
            <ChoiceField
              id={`variant-${index}-role`}
              label="Role"
              options={ROLES}
              value={variant.role ?? 'treatment'}
              onChange={(role) => onChange(replace(index, { role }), split)}
            />
            {split !== null && (
              <TextField
                id={`variant-${index}-share`}
                label="Share"
                type="number"
                value={split[variant.name]}
                placeholder="Not declared"
                fault={faults.get(`split.${variant.name}`)}
                onChange={(text) => share(variant.name, text)}
              />
            )}
            {SOURCE_NAMES.map((store) => (
              <TextField
                key={store}
                id={`variant-${index}-${store}`}
                label={`In ${SOURCE_LABELS[store]}`}
                value={variant.alias?.[store]}
                placeholder={variant.name === '' ? 'As the name' : variant.name}
                fault={faults.get(`variants.${index}.alias.${store}`)}
                onChange={(text) => alias(index, store, text)}
              />
            ))}
            <IconButton
              name="trash-alt"
              aria-label={`Remove ${label}`}
              onClick={() =>
                onChange(
                  variants.filter((_, at) => at !== index),
                  split && renameShare(split, variant.name, ''),
                )
              }
            />
          </fieldset>
        );
      })}
      <Button
        variant="secondary"
        size="sm"
        icon="plus"
        onClick={() => onChange([...variants, { name: '', role: 'treatment' }], split)}
      >
        Add variant
      </Button>
      {faults.has('variants') && <p role="alert">{faults.get('variants')}</p>}
    </div>
  );
}

/** A share moves with its variant's name, and goes with it. */
function renameShare(split: Split, before: string, after: string): Split {
  const { [before]: moved, ...others } = split;
  return moved === undefined || after === '' ? others : { ...others, [after]: moved };
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(140px, 1fr))',
    alignItems: 'start',
    columnGap: theme.spacing(1),
    border: 0,
    borderLeft: `2px solid ${theme.colors.border.medium}`,
    margin: theme.spacing(0, 0, 2),
    padding: theme.spacing(0, 0, 0, 1),
    minWidth: 0,
  }),
});
