/** Puts the dashboard's variables into every text of a query: names as they are, languages with their quoting. */
import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { EditedQuery } from './query';
import { quoteValue, type InfluxDialect, type Language, type VariableShape } from './quoting';

interface Replacer {
  text: (text: string) => string;
  list: (items: readonly string[]) => string[];
  code: (language: Language, text: string) => string;
}

/** A replacer over Grafana's template service; a list item that is one variable becomes that variable's values. */
export function replacerOf(templates: TemplateSrv, scopedVars: ScopedVars): Replacer {
  const text = (template: string) => templates.replace(template, scopedVars);
  const valuesOf = (template: string): string[] => {
    const values: string[] = [];
    const remainder = templates.replace(template, scopedVars, (value: string | string[]) => {
      values.push(...(Array.isArray(value) ? value : [value]));
      return '';
    });
    return values.length > 0 && remainder === '' ? values : [text(template)];
  };
  return {
    text,
    list: (items) => items.flatMap(valuesOf).filter((item) => item !== ''),
    code: (language, template) =>
      templates.replace(template, scopedVars, (value: string | string[], variable: VariableShape) =>
        quoteValue(language, value, variable),
      ),
  };
}

const optional = <T, R>(value: T | undefined, replace: (value: T) => R): R | undefined =>
  value === undefined ? undefined : replace(value);

/** The query with every variable replaced by its value. `dialect` is what the data source's InfluxDB speaks. */
export function interpolateQuery(query: EditedQuery, replace: Replacer, dialect: InfluxDialect): EditedQuery {
  switch (query.queryType) {
    case 'experiment':
      return {
        ...query,
        experiment: optional(query.experiment, replace.text),
        metric: optional(query.metric, replace.text),
        variants: optional(query.variants, replace.list),
        breakdown: optional(query.breakdown, replace.text),
      };
    case 'impact':
      return {
        ...query,
        experiment: optional(query.experiment, replace.text),
        variant: optional(query.variant, replace.text),
      };
    case 'overview':
      return { ...query, experiment: optional(query.experiment, replace.text) };
    case 'monitor':
      return {
        ...query,
        experiment: optional(query.experiment, replace.text),
        by: optional(query.by, replace.list),
        filters: optional(query.filters, (filters) =>
          Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, replace.list(values)])),
        ),
      };
    case 'status':
      return query;
    case 'prometheus':
      return { ...query, expr: optional(query.expr, (expr) => replace.code('promql', expr)) };
    case 'influx':
      return { ...query, query: optional(query.query, (text) => replace.code(dialect, text)) };
    case 'mlflow':
      return { ...query, rawSql: optional(query.rawSql, (sql) => replace.code('sql', sql)) };
  }
}
