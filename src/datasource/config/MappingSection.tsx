/** Which labels, series, params and tags mean what: a preset fills the Prometheus part, and every field can be edited. */
import { FieldSet, Text, type ComboboxOption } from '@grafana/ui';
import { PRESET_NAMES, PRESETS, type PresetName } from '../../contract/presets';
import type { UpliftJsonData } from '../settings';
import type { SettingsAccess } from './access';
import { ChoiceField } from './ChoiceField';
import { hasFaults } from './faults';
import { InfluxMappingFields } from './InfluxMappingFields';
import { MlflowMappingFields } from './MlflowMappingFields';
import { MoreFields } from './MoreFields';
import { PrometheusMappingFields } from './PrometheusMappingFields';

type Mapping = NonNullable<UpliftJsonData['mapping']>;

const OPTIONS: Array<ComboboxOption<PresetName>> = PRESET_NAMES.map((value) => ({
  value,
  label: PRESETS[value].title,
}));

export function MappingSection({ settings, faults, change }: SettingsAccess) {
  const mapping: Mapping = settings.mapping ?? {};
  const { preset = 'plain', prometheus = {}, mlflow = {}, influx = {} } = mapping;
  const set = (changed: Partial<Mapping>) => change('mapping', { ...mapping, ...changed });
  const isEdited = (part: object) => Object.values(part).some((value) => value !== undefined);
  return (
    <FieldSet label="Mapping">
      <ChoiceField
        id="mapping-preset"
        label="Serving system"
        description="Whose metrics Prometheus holds; it fills in the labels and series"
        options={OPTIONS}
        value={preset}
        fault={faults.get('mapping.preset')}
        // What was edited belonged to the other system's metrics.
        onChange={(chosen) => set({ preset: chosen, prometheus: undefined })}
      />
      {Object.hasOwn(PRESETS, preset) && (
        <Text element="p" color="secondary">
          {PRESETS[preset].description}
        </Text>
      )}
      <MoreFields
        label="Labels and series in Prometheus"
        isOpen={isEdited(prometheus) || hasFaults(faults, 'mapping.prometheus')}
      >
        <PrometheusMappingFields
          preset={Object.hasOwn(PRESETS, preset) ? preset : 'plain'}
          mapping={prometheus}
          faults={faults}
          onChange={(changed) => set({ prometheus: { ...prometheus, ...changed } })}
        />
      </MoreFields>
      <MoreFields label="Params and metrics in MLflow" isOpen={isEdited(mlflow) || hasFaults(faults, 'mapping.mlflow')}>
        <MlflowMappingFields
          mapping={mlflow}
          faults={faults}
          onChange={(changed) => set({ mlflow: { ...mlflow, ...changed } })}
        />
      </MoreFields>
      <MoreFields
        label="Measurements, tags and fields in InfluxDB"
        isOpen={isEdited(influx) || hasFaults(faults, 'mapping.influx')}
      >
        <InfluxMappingFields
          mapping={influx}
          faults={faults}
          onChange={(changed) => set({ influx: { ...influx, ...changed } })}
        />
      </MoreFields>
    </FieldSet>
  );
}
