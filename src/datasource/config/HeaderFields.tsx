/** Extra request headers: names are plain, values are secrets. Plain values come from provisioning only. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { headerSecret } from '../../contract/settings';
import type { UpliftJsonData } from '../settings';
import type { SecretsAccess } from './access';
import type { Faults } from './faults';
import { SecretField } from './SecretField';
import { TextField } from './TextField';

type Prometheus = NonNullable<UpliftJsonData['prometheus']>;
type Headers = Pick<Prometheus, 'headers' | 'secretHeaders'>;

interface Props {
  source: 'prometheus' | 'influx';
  settings: Headers;
  faults: Faults;
  secrets: SecretsAccess;
  onChange: (headers: Headers) => void;
}

export function HeaderFields({ source, settings, faults, secrets, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const { headers: plain = {}, secretHeaders: names = [] } = settings;
  const setNames = (secretHeaders: string[]) => onChange({ secretHeaders });
  return (
    <Stack direction="column" gap={1}>
      {Object.entries(plain).map(([name, value]) => (
        <Stack key={name} alignItems="center" gap={1}>
          <Text>
            {name}: {value}
          </Text>
          <IconButton
            name="trash-alt"
            aria-label={`Remove header ${name}`}
            onClick={() =>
              onChange({ headers: Object.fromEntries(Object.entries(plain).filter(([other]) => other !== name)) })
            }
          />
        </Stack>
      ))}
      {names.map((name, index) => (
        // Rows have no other identity: a name is typed letter by letter.
        <div key={index} className={styles.row}>
          <TextField
            id={`${source}-header-${index}`}
            label={`Header ${index + 1}`}
            value={name}
            placeholder="X-Scope-OrgID"
            fault={faults.get(`${source}.secretHeaders.${index}`)}
            onChange={(typed) => setNames(names.map((other, at) => (at === index ? typed : other)))}
          />
          {name !== '' && (
            <SecretField name={headerSecret(source, name)} label={`Value of header ${index + 1}`} secrets={secrets} />
          )}
          <IconButton
            name="trash-alt"
            aria-label={`Remove header ${index + 1}`}
            onClick={() => setNames(names.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button variant="secondary" size="sm" icon="plus" onClick={() => setNames([...names, ''])}>
          Add header
        </Button>
      </div>
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: theme.spacing(1) }),
});
