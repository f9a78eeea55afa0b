/** Edits the data source's settings, a section a source. Three addresses are enough; everything else has a default. */
import { Alert } from '@grafana/ui';
import { isEqual } from 'lodash';
import { useState } from 'react';
import type { SourceName } from '../calc/provenance';
import { accessOf, type ConfigEditorProps } from './config/access';
import { BusinessSection } from './config/BusinessSection';
import { ExperimentsSection } from './config/experiments/ExperimentsSection';
import { InfluxSection } from './config/InfluxSection';
import { LimitsSection } from './config/LimitsSection';
import { MappingSection } from './config/MappingSection';
import { MlflowSection } from './config/MlflowSection';
import { PlainFieldset } from './config/PlainFieldset';
import { PolicySection } from './config/PolicySection';
import { PrometheusSection } from './config/PrometheusSection';
import { SourceTest } from './config/SourceTest';

export function ConfigEditor(props: ConfigEditorProps) {
  const { options } = props;
  const access = accessOf(props);
  const isUnsaved = useIsUnsaved(options);
  const { readOnly: isReadOnly } = options;
  const testOf = (source: SourceName, title: string) => (
    <SourceTest uid={options.uid} source={source} title={title} isUnsaved={isUnsaved} />
  );
  return (
    <>
      {isReadOnly && (
        <Alert severity="info" title="This data source is provisioned">
          It is changed in its file under provisioning/datasources, not here. Its connections can be tested.
        </Alert>
      )}
      <MlflowSection {...access} isReadOnly={isReadOnly} test={testOf('mlflow', 'MLflow')} />
      <PrometheusSection {...access} isReadOnly={isReadOnly} test={testOf('prometheus', 'Prometheus')} />
      <InfluxSection {...access} isReadOnly={isReadOnly} test={testOf('influx', 'InfluxDB')} />
      <PlainFieldset isDisabled={isReadOnly}>
        <MappingSection {...access} />
        <ExperimentsSection {...access} />
        <BusinessSection {...access} />
        <PolicySection {...access} />
        <LimitsSection {...access} />
      </PlainFieldset>
    </>
  );
}

/** Whether there is anything the backend has not been told: saving gives the settings a new version. */
function useIsUnsaved({ version, jsonData, secureJsonData = {} }: ConfigEditorProps['options']): boolean {
  const [saved, setSaved] = useState({ version, jsonData });
  if (saved.version !== version) {
    setSaved({ version, jsonData });
  }
  return !isEqual(saved.jsonData, jsonData) || Object.values(secureJsonData).some((secret) => Boolean(secret));
}
