/** MLflow's address as its server has it in --backend-store-uri; its parts go to the fields, its password to the secrets. */
import { Button, Field, Input } from '@grafana/ui';
import { useState } from 'react';
import { parseConnectionString, type ConnectionString } from '../../contract/connection-string';
import type { SettingsAccess } from './access';
import { useFieldWidth } from './field-width';

type Read = { state: 'read'; parts: ConnectionString } | { state: 'wrong'; message: string };

function read(text: string): Read {
  try {
    return { state: 'read', parts: parseConnectionString(text) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof URIError) {
      return {
        state: 'wrong',
        message: `It ${error instanceof RangeError ? error.message : 'has a stray %; write it as %25'}`,
      };
    }
    throw error;
  }
}

export function ConnectionStringField({ settings, change, changeWithSecret }: SettingsAccess) {
  const width = useFieldWidth();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const takeOver = () => {
    const found = read(text.trim());
    if (found.state === 'wrong') {
      setFault(found.message);
      return;
    }
    const { password, ...address } = found.parts;
    const mlflow = { ...settings.mlflow, ...address };
    if (password === undefined) {
      change('mlflow', mlflow);
    } else {
      changeWithSecret({ mlflow }, { name: 'mlflowPassword', value: password });
    }
    setText('');
    setFault(undefined);
  };
  return (
    <Field
      label="Connection string"
      description="Fills in the fields below"
      invalid={fault !== undefined}
      error={fault}
      className={width}
      htmlFor="uplift-mlflow-connection"
    >
      <Input
        id="uplift-mlflow-connection"
        // It holds a password.
        type="password"
        value={text}
        placeholder="postgresql+psycopg2://user:password@host:5432/mlflow"
        autoComplete="off"
        aria-invalid={fault !== undefined}
        addonAfter={
          <Button variant="secondary" disabled={text.trim() === ''} onClick={takeOver}>
            Take over
          </Button>
        }
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setFault(undefined);
        }}
      />
    </Field>
  );
}
