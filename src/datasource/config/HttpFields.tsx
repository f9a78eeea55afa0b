/** What most leave alone of a store that speaks HTTP: TLS, headers, timeout, backups. */
import { Text } from '@grafana/ui';
import type { UpliftJsonData } from '../settings';
import { numberOrUnset, type SecretsAccess } from './access';
import { BackupsField } from './BackupsField';
import { hasFaults, type Faults } from './faults';
import { HeaderFields } from './HeaderFields';
import { MoreFields } from './MoreFields';
import { TextField } from './TextField';
import { TlsFields } from './TlsFields';

type HttpSettings = Pick<
  NonNullable<UpliftJsonData['prometheus']>,
  'tls' | 'headers' | 'secretHeaders' | 'timeoutSeconds' | 'backups'
>;

interface Props {
  source: 'prometheus' | 'influx';
  settings: HttpSettings;
  faults: Faults;
  secrets: SecretsAccess;
  onChange: (changed: HttpSettings) => void;
}

const readUrls = (text: string) =>
  text
    .split(/[\s,]+/)
    .filter((url) => url !== '')
    .map((url) => ({ url }));
const writeUrls = (backups: ReadonlyArray<{ url: string }>) => backups.map(({ url }) => url).join('\n');

export function HttpFields({ source, settings, faults, secrets, onChange }: Props) {
  const { tls, headers = {}, secretHeaders = [], timeoutSeconds, backups = [] } = settings;
  const badBackup = [...faults].find(([field]) => field.startsWith(`${source}.backups.`))?.[1];
  const hasMore =
    timeoutSeconds !== undefined || backups.length + secretHeaders.length + Object.keys(headers).length > 0;
  return (
    <>
      <MoreFields label="TLS" isOpen={Object.keys(tls ?? {}).length > 0 || hasFaults(faults, `${source}.tls`)}>
        <TlsFields
          source={source}
          tls={tls}
          faults={faults}
          secrets={secrets}
          onChange={(next) => onChange({ tls: next })}
        />
      </MoreFields>
      <MoreFields label="Timeout, backups and headers" isOpen={hasMore}>
        <TextField
          id={`${source}-timeout`}
          label="Timeout"
          description="For one question, from sending it to the last byte of its answer"
          type="number"
          unit="s"
          value={timeoutSeconds}
          placeholder="15"
          fault={faults.get(`${source}.timeoutSeconds`)}
          onChange={(seconds) => onChange({ timeoutSeconds: numberOrUnset(seconds) })}
        />
        <BackupsField
          id={`${source}-backups`}
          description="Replicas tried in order while the primary is away, an address a line; they take the same credentials"
          placeholder="https://replica-1.example.com"
          backups={backups}
          read={readUrls}
          write={writeUrls}
          fault={badBackup}
          onChange={(next) => onChange({ backups: next })}
        />
        <Text element="h4">Headers</Text>
        <HeaderFields source={source} settings={settings} faults={faults} secrets={secrets} onChange={onChange} />
      </MoreFields>
    </>
  );
}
