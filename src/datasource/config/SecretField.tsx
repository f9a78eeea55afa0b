/** A secret: written, never read back; a stored one can only be replaced. */
import { Field, SecretInput, SecretTextArea } from '@grafana/ui';
import type { SecretsAccess } from './access';
import { useFieldWidth } from './field-width';

interface Props {
  name: string;
  label: string;
  description?: string;
  /** Of several lines, as a key in PEM. */
  isLong?: boolean;
  secrets: SecretsAccess;
}

export function SecretField({ name, label, description, isLong = false, secrets }: Props) {
  const width = useFieldWidth();
  const common = {
    id: `uplift-${name.replace(/[^\w-]/g, '-')}`,
    isConfigured: secrets.isStored(name),
    value: secrets.typed(name),
    onReset: () => secrets.reset(name),
  };
  return (
    <Field label={label} description={description} className={width}>
      {isLong ? (
        <SecretTextArea
          {...common}
          rows={4}
          placeholder="-----BEGIN PRIVATE KEY-----"
          onChange={({ currentTarget }) => secrets.type(name, currentTarget.value)}
        />
      ) : (
        <SecretInput
          {...common}
          autoComplete="new-password"
          onChange={({ currentTarget }) => secrets.type(name, currentTarget.value)}
        />
      )}
    </Field>
  );
}
