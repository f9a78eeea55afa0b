/** Edits the data source's settings, a section a source. Three addresses are enough; everything else has a default. */
import { accessOf, type ConfigEditorProps } from './config/access';
import { InfluxSection } from './config/InfluxSection';
import { MlflowSection } from './config/MlflowSection';
import { PolicySection } from './config/PolicySection';
import { PrometheusSection } from './config/PrometheusSection';
import { SourcesCheck } from './config/SourcesCheck';

export function ConfigEditor(props: ConfigEditorProps) {
  const access = accessOf(props);
  return (
    <>
      <MlflowSection {...access} />
      <PrometheusSection {...access} />
      <InfluxSection {...access} />
      <PolicySection {...access} />
      <SourcesCheck uid={props.options.uid} />
    </>
  );
}
