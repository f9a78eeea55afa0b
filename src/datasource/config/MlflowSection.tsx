/** MLflow's PostgreSQL store: address, user, encryption. */
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import type { UpliftJsonData } from '../settings';
import { numberOrUnset, textOrUnset, type SettingsAccess } from './access';
import { SecretField } from './SecretField';
import { SourceSection } from './SourceSection';
import { TextField } from './TextField';

type Mlflow = NonNullable<UpliftJsonData['mlflow']>;

const ENCRYPTION: Array<ComboboxOption<NonNullable<Mlflow['ssl']>>> = [
  { value: 'disable', label: 'None' },
  { value: 'prefer', label: 'If the server offers it' },
  { value: 'require', label: 'Always, without checking the server' },
  { value: 'verify-ca', label: 'Always, certificate checked' },
  { value: 'verify-full', label: 'Always, certificate and name checked' },
];

export function MlflowSection({ settings, faults, change, secrets }: SettingsAccess) {
  const mlflow = settings.mlflow;
  const set = (changed: Partial<Mlflow>) => change('mlflow', { host: '', ...mlflow, ...changed });
  return (
    <SourceSection
      id="mlflow"
      title="MLflow"
      isUsed={mlflow !== undefined}
      onUse={(isUsed) => change('mlflow', isUsed ? { host: '' } : undefined)}
    >
      <TextField
        id="mlflow-host"
        label="Host"
        description="The PostgreSQL server of MLflow’s tracking store"
        value={mlflow?.host}
        placeholder="mlflow-db.example.com"
        fault={faults.get('mlflow.host')}
        onChange={(host) => set({ host })}
      />
      <TextField
        id="mlflow-port"
        label="Port"
        type="number"
        value={mlflow?.port}
        placeholder="5432"
        fault={faults.get('mlflow.port')}
        onChange={(port) => set({ port: numberOrUnset(port) })}
      />
      <TextField
        id="mlflow-database"
        label="Database"
        value={mlflow?.database}
        placeholder="mlflow"
        fault={faults.get('mlflow.database')}
        onChange={(database) => set({ database: textOrUnset(database) })}
      />
      <TextField
        id="mlflow-user"
        label="User"
        description="One that can only read is enough, and better"
        value={mlflow?.user}
        placeholder="mlflow"
        fault={faults.get('mlflow.user')}
        onChange={(user) => set({ user: textOrUnset(user) })}
      />
      <SecretField name="mlflowPassword" label="Password" secrets={secrets} />
      <Field label="Encryption" htmlFor="uplift-mlflow-ssl">
        <Combobox
          id="uplift-mlflow-ssl"
          options={ENCRYPTION}
          value={mlflow?.ssl ?? 'prefer'}
          width={48}
          onChange={({ value }) => set({ ssl: value })}
        />
      </Field>
    </SourceSection>
  );
}
