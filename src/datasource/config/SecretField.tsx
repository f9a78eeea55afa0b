/** A secret: written, never read back; a stored one can only be replaced. */
import { Field, SecretInput } from '@grafana/ui';
import type { SecretName } from '../settings';
import type { SecretsAccess } from './access';

interface Props {
  name: SecretName;
  label: string;
  description?: string;
  secrets: SecretsAccess;
}

const WIDTH = 48;

export function SecretField({ name, label, description, secrets }: Props) {
  return (
    <Field label={label} description={description}>
      <SecretInput
        id={`uplift-${name}`}
        isConfigured={secrets.isStored(name)}
        value={secrets.typed(name)}
        width={WIDTH}
        autoComplete="new-password"
        onChange={({ currentTarget }) => secrets.type(name, currentTarget.value)}
        onReset={() => secrets.reset(name)}
      />
    </Field>
  );
}
