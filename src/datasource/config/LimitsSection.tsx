/** What answers may cost: how long they are shared, and how large they may be. */
import { FieldSet } from '@grafana/ui';
import type { SettingsAccess } from './access';
import { NumberFields, type NumberSetting } from './NumberFields';

const CACHE: ReadonlyArray<NumberSetting<'ttlSeconds'>> = [
  {
    name: 'ttlSeconds',
    label: 'Answers are shared for',
    description: 'Panels and viewers that ask the same within this time cost the stores one query',
    unit: 's',
    placeholder: '10',
  },
];
const LIMITS: ReadonlyArray<NumberSetting<'rows' | 'bytes' | 'points'>> = [
  { name: 'rows', label: 'Most rows of one answer', placeholder: '1000000' },
  { name: 'bytes', label: 'Largest answer of a store', unit: 'bytes', placeholder: '67108864' },
  {
    name: 'points',
    label: 'Most points a series',
    description: 'Prometheus refuses more than 11,000',
    placeholder: '11000',
  },
];

export function LimitsSection({ settings, faults, change }: SettingsAccess) {
  const { cache = {}, limits = {} } = settings;
  return (
    <FieldSet label="Cache and limits">
      <NumberFields
        part="cache"
        fields={CACHE}
        values={cache}
        faults={faults}
        onChange={(name, value) => change('cache', { ...cache, [name]: value })}
      />
      <NumberFields
        part="limits"
        fields={LIMITS}
        values={limits}
        faults={faults}
        onChange={(name, value) => change('limits', { ...limits, [name]: value })}
      />
    </FieldSet>
  );
}
