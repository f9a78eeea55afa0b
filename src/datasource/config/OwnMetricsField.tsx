/** Metrics of the exporter's own, as YAML: there are few, and each is a record. */
import { dump, load, YAMLException } from 'js-yaml';
import { useState } from 'react';
import { z } from 'zod';
import type { UpliftJsonData } from '../settings';
import type { Faults } from './faults';
import { TextAreaField } from './TextAreaField';

type Overlay = NonNullable<NonNullable<UpliftJsonData['mapping']>['prometheus']>;
type OwnMetrics = NonNullable<Overlay['metrics']>;

interface Props {
  metrics: OwnMetrics | undefined;
  /** The serving system's. */
  preset: OwnMetrics;
  faults: Faults;
  onChange: (metrics: OwnMetrics | undefined) => void;
}

const PATH = 'mapping.prometheus.metrics';

/** A list of records; what is in them is checked with the other settings. */
const listSchema = z.custom<OwnMetrics>((value) => z.array(z.record(z.string(), z.unknown())).safeParse(value).success);

function read(text: string): { metrics: OwnMetrics | undefined } | { fault: string } {
  if (text.trim() === '') {
    return { metrics: undefined };
  }
  try {
    const list = listSchema.safeParse(load(text));
    return list.success ? { metrics: list.data } : { fault: 'a list, each entry beginning with “- id:”' };
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    return { fault: `line ${(error.mark?.line ?? 0) + 1}: ${error.reason}` };
  }
}

export function OwnMetricsField({ metrics, preset, faults, onChange }: Props) {
  const [text, setText] = useState(() => (metrics === undefined ? '' : dump(metrics)));
  const [fault, setFault] = useState<string>();
  const change = (typed: string) => {
    setText(typed);
    const found = read(typed);
    setFault('fault' in found ? found.fault : undefined);
    if ('metrics' in found) {
      onChange(found.metrics);
    }
  };
  const wrong = [...faults].find(([field]) => field === PATH || field.startsWith(`${PATH}.`));
  return (
    <TextAreaField
      id="mapping-prometheus-metrics"
      label="Own metrics"
      description="YAML: histograms of one value a request; quantile compares a quantile, else the mean"
      value={text}
      rows={8}
      placeholder={preset.length > 0 ? dump(preset) : '- id: time_to_first_token_ms\n  label: Time to first token\n  …'}
      fault={fault ?? (wrong && `${wrong[0].slice(PATH.length + 1)}: ${wrong[1]}`)}
      onChange={change}
    />
  );
}
