/** What happens when a source is away: whether numbers may be simulated, and how long a kept answer may stand in. */
import { FieldSet, InlineField, InlineSwitch } from '@grafana/ui';
import { isOn, numberOrUnset, type SettingsAccess } from './access';
import { TextField } from './TextField';

export function PolicySection({ settings, faults, change }: SettingsAccess) {
  const { fallback = {}, cache = {} } = settings;
  return (
    <FieldSet label="When a source is away">
      <InlineField
        label="Show simulated numbers when every source is away"
        tooltip="Always marked SIMULATED, and never used in alerts"
        htmlFor="uplift-allow-simulated"
        transparent
      >
        <InlineSwitch
          id="uplift-allow-simulated"
          value={isOn(fallback.allowSimulated)}
          onChange={({ currentTarget }) => change('fallback', { ...fallback, allowSimulated: currentTarget.checked })}
        />
      </InlineField>
      <TextField
        id="keep-seconds"
        label="A kept answer may stand in for, seconds"
        description="Marked as estimated, with its age"
        type="number"
        value={fallback.keepSeconds}
        placeholder="21600"
        fault={faults.get('fallback.keepSeconds')}
        onChange={(seconds) => change('fallback', { ...fallback, keepSeconds: numberOrUnset(seconds) })}
      />
      <TextField
        id="cache-ttl"
        label="Answers are shared for, seconds"
        description="Panels and viewers that ask the same within this time cost the stores one query"
        type="number"
        value={cache.ttlSeconds}
        placeholder="10"
        fault={faults.get('cache.ttlSeconds')}
        onChange={(seconds) => change('cache', { ...cache, ttlSeconds: numberOrUnset(seconds) })}
      />
    </FieldSet>
  );
}
