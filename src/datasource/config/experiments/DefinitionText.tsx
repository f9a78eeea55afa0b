/** Definitions as YAML or JSON: every fault is listed by field, and nothing is taken over before there is none. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { load, YAMLException } from 'js-yaml';
import { useState } from 'react';
import { readDefinitions } from '../../../contract/written-definitions';
import { TextAreaField } from '../TextAreaField';
import type { EditedDefinition } from './definition';

interface Props {
  id: string;
  label: string;
  initial: string;
  onTakeOver: (definitions: EditedDefinition[]) => void;
  onCancel: () => void;
}

interface Reading {
  definitions: EditedDefinition[];
  faults: string[];
}

const EXAMPLE = `id: checkout-ranking
control: baseline
variants:
  - { name: baseline, role: control }
  - { name: enhanced, role: treatment }
start: 2026-09-01T09:00:00+02:00`;

export function DefinitionText({ id, label, initial, onTakeOver, onCancel }: Props) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState(initial);
  const { definitions, faults } = readText(text);
  const [first, ...others] = faults;
  return (
    <>
      <TextAreaField
        id={id}
        label={label}
        value={text}
        rows={14}
        placeholder={EXAMPLE}
        fault={first}
        onChange={setText}
      />
      {others.length > 0 && (
        <ul className={styles.faults}>
          {others.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <Stack gap={1}>
        <Button disabled={definitions.length === 0 || faults.length > 0} onClick={() => onTakeOver(definitions)}>
          Take over
        </Button>
        <Button variant="secondary" onClick={onCancel}>
          Cancel
        </Button>
      </Stack>
    </>
  );
}

function readText(text: string): Reading {
  if (text.trim() === '') {
    return { definitions: [], faults: [] };
  }
  let content: unknown;
  try {
    content = load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    const line = error.mark === undefined ? '' : `line ${error.mark.line + 1}: `;
    return { definitions: [], faults: [`${line}${error.reason}`] };
  }
  const read = readDefinitions(content);
  return {
    definitions: read.flatMap((one) => ('definition' in one ? [one.definition] : [])),
    faults: read.flatMap((one, index) =>
      'faults' in one
        ? one.faults.map(({ field, message }) => {
            const which = read.length > 1 ? `${one.id ?? `number ${index + 1}`}, ` : '';
            return field === '' ? `${which}not a definition: ${message}` : `${which}${field}: ${message}`;
          })
        : [],
    ),
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  faults: css({ color: theme.colors.error.text, paddingLeft: theme.spacing(2) }),
});
