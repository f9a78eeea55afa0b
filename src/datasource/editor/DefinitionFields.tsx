/** What the query itself says of the experiment's definition; an alert rule carries control, split and start like this. */
import { Collapse, InlineFieldRow } from '@grafana/ui';
import { isUndefined, omitBy } from 'lodash';
import { useState } from 'react';
import { z } from 'zod';
import {
  DEFAULT_ALPHA,
  DEFAULT_PLANNED_TOTAL,
  experimentOverlaySchema,
  instantSchema,
} from '../../contract/experiment';
import type { UpliftDataSource } from '../datasource';
import { variantOptions } from './choices';
import { CodeField } from './CodeField';
import { NameField } from './NameField';
import { numberOf, TextField } from './TextField';

type Definition = z.input<typeof experimentOverlaySchema>;

interface Props {
  datasource: UpliftDataSource;
  refId: string;
  experiment: string | undefined;
  definition: Definition | undefined;
  onChange: (definition: Definition | undefined) => void;
}

/** A definition that says nothing is none. */
function orNone(definition: Definition): Definition | undefined {
  const said = omitBy(definition, isUndefined);
  return Object.keys(said).length === 0 ? undefined : said;
}

/** The first thing wrong with a field, in words. */
function faultOf(definition: Definition, field: keyof Definition): string | undefined {
  const parsed = experimentOverlaySchema.safeParse(definition);
  return parsed.error?.issues.find(({ path }) => path[0] === field)?.message;
}

const writtenSchema = z.string().transform((text, context): unknown => {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'Not JSON' });
    return z.NEVER;
  }
});

export function DefinitionFields({ datasource, refId, experiment, definition = {}, onChange }: Props) {
  const [isOpen, setOpen] = useState(Object.keys(definition).length > 0);
  const [fault, setFault] = useState<string>();
  const set = (changed: Definition) => onChange(orNone({ ...definition, ...changed }));
  const takeWritten = (text: string) => {
    const parsed = writtenSchema.pipe(experimentOverlaySchema).safeParse(text);
    if (parsed.success) {
      setFault(undefined);
      onChange(orNone(parsed.data));
    } else {
      const [issue] = parsed.error.issues;
      setFault([issue?.path.join('.'), issue?.message].filter(Boolean).join(': '));
    }
  };
  const instant = (field: 'start' | 'end', label: string, placeholder: string) => (
    <TextField
      id={`uplift-${field}-${refId}`}
      label={label}
      tooltip="ISO 8601 with an offset, e.g. 2026-03-03T09:00:00+01:00"
      value={definition[field]}
      placeholder={placeholder}
      fault={instantSchema.optional().safeParse(definition[field]).success ? undefined : faultOf(definition, field)}
      onChange={(text) => set({ [field]: text })}
    />
  );
  return (
    <Collapse label="Definition carried by this query" isOpen={isOpen} onToggle={setOpen}>
      <InlineFieldRow>
        <NameField
          id={`uplift-control-${refId}`}
          label="Control"
          tooltip="What the others are compared with"
          options={variantOptions(datasource, experiment, true)}
          value={definition.control}
          placeholder="As defined"
          onChange={(control) => set({ control })}
        />
        {instant('start', 'Start', 'As defined')}
        {instant('end', 'End', 'As defined, or now')}
      </InlineFieldRow>
      <InlineFieldRow>
        <TextField
          id={`uplift-alpha-${refId}`}
          label="Error rate"
          tooltip="Two-sided: how often a test without a difference may be decided"
          type="number"
          value={definition.alpha}
          placeholder={String(DEFAULT_ALPHA)}
          fault={faultOf(definition, 'alpha')}
          onChange={(text) => set({ alpha: numberOf(text) })}
        />
        <TextField
          id={`uplift-planned-${refId}`}
          label="Planned total"
          tooltip="Requests of all variants the sequential bounds are tuned for, set before the start"
          type="number"
          value={definition.plannedTotal}
          placeholder={String(DEFAULT_PLANNED_TOTAL)}
          fault={faultOf(definition, 'plannedTotal')}
          onChange={(text) => set({ plannedTotal: numberOf(text) })}
        />
      </InlineFieldRow>
      <CodeField
        label="All of it, as JSON"
        description="Any field of a definition: variants with roles and aliases, split or phases, warmUp, timeZone, assignment, unit, metrics, currency."
        language="json"
        value={Object.keys(definition).length === 0 ? '' : JSON.stringify(definition, null, 2)}
        fault={fault}
        onChange={takeWritten}
      />
    </Collapse>
  );
}
