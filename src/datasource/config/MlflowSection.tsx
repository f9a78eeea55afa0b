/** MLflow's PostgreSQL store: address, user, encryption. */
import type { ComboboxOption } from '@grafana/ui';
import { parseDatabases, writeDatabases } from '../../contract/database-address';
import type { UpliftJsonData } from '../settings';
import { numberOrUnset, textOrUnset, type SettingsAccess } from './access';
import { BackupsField } from './BackupsField';
import { ChoiceField } from './ChoiceField';
import { ConnectionStringField } from './ConnectionStringField';
import { hasFaults } from './faults';
import { MoreFields } from './MoreFields';
import { SecretField } from './SecretField';
import type { SectionProps } from './section-props';
import { SourceSection } from './SourceSection';
import { TextField } from './TextField';
import { TlsFields } from './TlsFields';

type Mlflow = NonNullable<UpliftJsonData['mlflow']>;

const ENCRYPTION: Array<ComboboxOption<NonNullable<Mlflow['ssl']>>> = [
  { value: 'disable', label: 'None', description: 'sslmode=disable' },
  { value: 'prefer', label: 'If the server offers it', description: 'sslmode=prefer' },
  { value: 'require', label: 'Always, server not checked', description: 'sslmode=require' },
  { value: 'verify-ca', label: 'Always, certificate checked', description: 'sslmode=verify-ca' },
  { value: 'verify-full', label: 'Always, certificate and name checked', description: 'sslmode=verify-full' },
];

export function MlflowSection(props: SettingsAccess & SectionProps) {
  const { settings, faults, change, secrets, isReadOnly, test } = props;
  const { mlflow } = settings;
  const set = (changed: Partial<Mlflow>) => change('mlflow', { host: '', ...mlflow, ...changed });
  const ssl = ENCRYPTION.find(({ value }) => value === mlflow?.ssl)?.value ?? 'prefer';
  const hasMore = [mlflow?.schema, mlflow?.poolSize, mlflow?.timeoutSeconds].some((value) => value !== undefined);
  return (
    <SourceSection
      id="mlflow"
      title="MLflow"
      isUsed={mlflow !== undefined}
      isReadOnly={isReadOnly}
      test={test}
      onUse={(isUsed) => change('mlflow', isUsed ? { host: '' } : undefined)}
    >
      <ConnectionStringField {...props} />
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
      <ChoiceField
        id="mlflow-ssl"
        label="Encryption"
        options={ENCRYPTION}
        value={ssl}
        fault={faults.get('mlflow.ssl')}
        onChange={(chosen) => set({ ssl: chosen })}
      />
      {ssl !== 'disable' && (
        <MoreFields label="TLS" isOpen={Object.keys(mlflow?.tls ?? {}).length > 0 || hasFaults(faults, 'mlflow.tls')}>
          <TlsFields
            source="mlflow"
            tls={mlflow?.tls}
            faults={faults}
            secrets={secrets}
            onChange={(tls) => set({ tls })}
          />
        </MoreFields>
      )}
      <MoreFields label="Schema, timeout, connections and backups" isOpen={hasMore || Boolean(mlflow?.backups?.length)}>
        <TextField
          id="mlflow-schema"
          label="Schema"
          value={mlflow?.schema}
          placeholder="public"
          fault={faults.get('mlflow.schema')}
          onChange={(schema) => set({ schema: textOrUnset(schema) })}
        />
        <TextField
          id="mlflow-timeout"
          label="Timeout"
          description="For connecting, and for one statement"
          type="number"
          unit="s"
          value={mlflow?.timeoutSeconds}
          placeholder="15"
          fault={faults.get('mlflow.timeoutSeconds')}
          onChange={(seconds) => set({ timeoutSeconds: numberOrUnset(seconds) })}
        />
        <TextField
          id="mlflow-pool"
          label="Most connections"
          description="Kept for 30 s while idle"
          type="number"
          value={mlflow?.poolSize}
          placeholder="4"
          fault={faults.get('mlflow.poolSize')}
          onChange={(size) => set({ poolSize: numberOrUnset(size) })}
        />
        <BackupsField
          id="mlflow-backups"
          description="Standbys tried in order while the primary is away, host:port/database a line; they take the same user"
          placeholder="db-2.example.com:5432/mlflow"
          backups={mlflow?.backups ?? []}
          read={parseDatabases}
          write={writeDatabases}
          fault={[...faults].find(([field]) => field.startsWith('mlflow.backups.'))?.[1]}
          onChange={(backups) => set({ backups })}
        />
      </MoreFields>
    </SourceSection>
  );
}
