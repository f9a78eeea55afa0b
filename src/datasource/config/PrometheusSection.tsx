/** Prometheus: address and credentials. */
import type { UpliftJsonData } from '../settings';
import { textOrUnset, type SettingsAccess } from './access';
import { HttpFields } from './HttpFields';
import { SecretField } from './SecretField';
import type { SectionProps } from './section-props';
import { SourceSection } from './SourceSection';
import { TextField } from './TextField';

type Prometheus = NonNullable<UpliftJsonData['prometheus']>;
const START: Prometheus = { url: '' };

export function PrometheusSection({
  settings,
  faults,
  change,
  secrets,
  isReadOnly,
  test,
}: SettingsAccess & SectionProps) {
  const { prometheus } = settings;
  const set = (changed: Partial<Prometheus>) => change('prometheus', { ...START, ...prometheus, ...changed });
  return (
    <SourceSection
      id="prometheus"
      title="Prometheus"
      isUsed={prometheus !== undefined}
      isReadOnly={isReadOnly}
      test={test}
      onUse={(isUsed) => change('prometheus', isUsed ? START : undefined)}
    >
      <TextField
        id="prometheus-url"
        label="Address"
        description="Also of Mimir, Thanos or VictoriaMetrics"
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
      <HttpFields source="prometheus" settings={prometheus ?? {}} faults={faults} secrets={secrets} onChange={set} />
    </SourceSection>
  );
}
