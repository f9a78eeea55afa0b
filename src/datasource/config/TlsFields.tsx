/** How the server proves who it is, and how we do. */
import { Alert } from '@grafana/ui';
import type { UpliftJsonData } from '../settings';
import { isOn, textOrUnset, type SecretsAccess } from './access';
import type { Faults } from './faults';
import { SecretField } from './SecretField';
import { SwitchField } from './SwitchField';
import { TextAreaField } from './TextAreaField';
import { TextField } from './TextField';

type Tls = NonNullable<NonNullable<UpliftJsonData['prometheus']>['tls']>;

interface Props {
  source: 'mlflow' | 'prometheus' | 'influx';
  tls: Tls | undefined;
  faults: Faults;
  secrets: SecretsAccess;
  onChange: (tls: Tls) => void;
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----';

export function TlsFields({ source, tls = {}, faults, secrets, onChange }: Props) {
  const set = (changed: Partial<Tls>) => onChange({ ...tls, ...changed });
  const isUnverified = isOn(tls.skipVerify);
  return (
    <>
      <TextAreaField
        id={`${source}-ca`}
        label="Certificate authority"
        description="PEM of the authority to trust beside the system’s own"
        value={tls.ca}
        placeholder={CERTIFICATE}
        fault={faults.get(`${source}.tls.ca`)}
        onChange={(ca) => set({ ca: textOrUnset(ca) })}
      />
      <TextField
        id={`${source}-server-name`}
        label="Server name"
        description="The name in its certificate, where the address has another"
        value={tls.serverName}
        placeholder="As in the address"
        fault={faults.get(`${source}.tls.serverName`)}
        onChange={(serverName) => set({ serverName: textOrUnset(serverName) })}
      />
      <TextAreaField
        id={`${source}-certificate`}
        label="Client certificate"
        description="PEM, where the server asks for one"
        value={tls.clientCertificate}
        placeholder={CERTIFICATE}
        fault={faults.get(`${source}.tls.clientCertificate`)}
        onChange={(clientCertificate) => set({ clientCertificate: textOrUnset(clientCertificate) })}
      />
      <SecretField
        name={`${source}ClientKey`}
        label="Client key"
        description="PEM of the client certificate’s private key"
        isLong
        secrets={secrets}
      />
      <SwitchField
        id={`${source}-skip-verify`}
        label="Skip verification"
        description="Accept any certificate"
        value={isUnverified}
        onChange={(skipVerify) => set({ skipVerify })}
      />
      {isUnverified && (
        <Alert severity="warning" title="The server’s certificate is not verified">
          Whoever stands between can read the credentials and change the numbers. Give the certificate authority
          instead.
        </Alert>
      )}
    </>
  );
}
