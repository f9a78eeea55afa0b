/** Prometheus: address and credentials. */
import type { UpliftJsonData } from '../settings';
import { numberOrUnset, textOrUnset, type SettingsAccess } from './access';
import { SecretField } from './SecretField';
import { SourceSection } from './SourceSection';
import { TextField } from './TextField';

type Prometheus = NonNullable<UpliftJsonData['prometheus']>;

export function PrometheusSection({ settings, faults, change, secrets }: SettingsAccess) {
  const prometheus = settings.prometheus;
  const set = (changed: Partial<Prometheus>) => change('prometheus', { url: '', ...prometheus, ...changed });
  return (
    <SourceSection
      id="prometheus"
      title="Prometheus"
      isUsed={prometheus !== undefined}
      onUse={(isUsed) => change('prometheus', isUsed ? { url: '' } : undefined)}
    >
      <TextField
        id="prometheus-url"
        label="Address"
        description="Also Mimir, Thanos or VictoriaMetrics"
        value={prometheus?.url}
        placeholder="http://prometheus:9090"
        fault={faults.get('prometheus.url')}
        onChange={(url) => set({ url })}
      />
      <TextField
        id="prometheus-user"
        label="User"
        value={prometheus?.user}
        placeholder="None"
        fault={faults.get('prometheus.user')}
        onChange={(user) => set({ user: textOrUnset(user) })}
      />
      <SecretField name="prometheusPassword" label="Password" secrets={secrets} />
      <SecretField name="prometheusToken" label="Token" description="Instead of user and password" secrets={secrets} />
      <TextField
        id="prometheus-timeout"
        label="Timeout, seconds"
        type="number"
        value={prometheus?.timeoutSeconds}
        placeholder="15"
        fault={faults.get('prometheus.timeoutSeconds')}
        onChange={(seconds) => set({ timeoutSeconds: numberOrUnset(seconds) })}
      />
    </SourceSection>
  );
}
