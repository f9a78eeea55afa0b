/** A dashboard's variables as scene variables. */
import {
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  TextBoxVariable,
  type SceneVariable,
} from '@grafana/scenes';
import type { DashboardVariable } from './dashboard';

const common = ({ name, label, description, hide, skipUrlSync }: DashboardVariable) => ({
  name,
  label,
  description,
  hide,
  skipUrlSync,
});

const multiValue = (variable: DashboardVariable) => ({
  ...common(variable),
  value: variable.current.value ?? '',
  text: variable.current.text ?? '',
  isMulti: variable.multi,
  includeAll: variable.includeAll,
  defaultToAll: variable.includeAll,
  allValue: variable.allValue ?? undefined,
});

const single = (value: string | string[] | undefined, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

export function toSceneVariable(variable: DashboardVariable): SceneVariable {
  switch (variable.type) {
    case 'query': {
      const { query, datasource, sort, refresh, regex } = variable;
      return new QueryVariable({
        ...multiValue(variable),
        query,
        datasource: datasource ?? null,
        sort,
        refresh,
        regex,
      });
    }
    case 'custom':
      return new CustomVariable({ ...multiValue(variable), query: variable.query });
    case 'datasource':
      return new DataSourceVariable({ ...multiValue(variable), pluginId: variable.query, regex: variable.regex });
    case 'constant':
      return new ConstantVariable({ ...common(variable), value: variable.query });
    case 'textbox':
      return new TextBoxVariable({ ...common(variable), value: single(variable.current.value, variable.query) });
    case 'interval': {
      const intervals = variable.query.split(',').map((interval) => interval.trim());
      const value = single(variable.current.value, intervals[0] ?? '1m');
      return new IntervalVariable({ ...common(variable), intervals, value });
    }
  }
}
