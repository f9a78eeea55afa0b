/** Puts the dashboard's variables into every text of a query: names as they are, statements with their language's quoting. */
import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { omit } from 'lodash';
import { splitStatement, type Language } from '../contract/statement-text';
import { findReferences, findStatementReferences } from '../contract/variable-references';
import type { EditedQuery } from './query';
import { quoteValue, type VariableShape } from './quoting';

interface Replacer {
  text: (text: string) => string;
  list: (items: readonly string[]) => string[];
  code: (language: Language, text: string) => string;
  /** Whether a text refers to a variable that there is not. */
  isLost: (references: readonly string[]) => boolean;
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
  // The backend knows the step better, and each language its own way to write it.
  const ownVars = omit(scopedVars, '__interval', '__interval_ms');
  return {
    text,
    list: (items) => items.flatMap(valuesOf).filter((item) => item !== ''),
    code: (language, statement) =>
      splitStatement(language, statement)
        .map(({ context, text: piece }) =>
          templates.replace(piece, ownVars, (value: string | string[], variable: VariableShape) =>
            quoteValue(language, context, value, variable),
          ),
        )
        .join(''),
    isLost: (references) => references.some((name) => text(`\${${name}}`) === `\${${name}}`),
  };
}

const optional = <T, R>(value: T | undefined, replace: (value: T) => R): R | undefined =>
  value === undefined ? undefined : replace(value);

/** The query with every variable replaced by its value. `dialect` is what the data source's InfluxDB speaks. */
export function interpolateQuery(query: EditedQuery, replace: Replacer, dialect: Language): EditedQuery {
  const { text, list, code } = replace;
  const named = <T extends { control?: string }>(definition: T | undefined): T | undefined =>
    optional(definition, (own) => ({ ...own, control: optional(own.control, text) }));
  switch (query.queryType) {
    case 'experiment':
      return {
        ...query,
        experiment: optional(query.experiment, text),
        definition: named(query.definition),
        metrics: optional(query.metrics, (metrics) => metrics.map((metric) => ({ ...metric, id: text(metric.id) }))),
        metric: optional(query.metric, text),
        variants: optional(query.variants, list),
        breakdown: optional(query.breakdown, text),
      };
    case 'impact':
      return {
        ...query,
        experiment: optional(query.experiment, text),
        definition: named(query.definition),
        variant: optional(query.variant, text),
        breakdown: optional(query.breakdown, text),
      };
    case 'overview':
      return { ...query, experiment: optional(query.experiment, text), definition: named(query.definition) };
    case 'monitor':
      return {
        ...query,
        experiment: optional(query.experiment, text),
        by: optional(query.by, list),
        filters: optional(query.filters, (filters) =>
          Object.fromEntries(Object.entries(filters).map(([name, values]) => [text(name), list(values)])),
        ),
      };
    case 'annotations':
      return {
        ...query,
        experiment: optional(query.experiment, text),
        metric: optional(query.metric, text),
        variants: optional(query.variants, list),
      };
    case 'status':
      return query;
    case 'prometheus':
      return {
        ...query,
        expr: optional(query.expr, (expr) => code('promql', expr)),
        legend: optional(query.legend, text),
      };
    case 'influx':
      return { ...query, query: optional(query.query, (statement) => code(dialect, statement)) };
    case 'mlflow':
      return {
        ...query,
        rawSql: optional(query.rawSql, (sql) => code('sql', sql)),
        experiment: optional(query.experiment, text),
        keys: optional(query.keys, list),
        variants: optional(query.variants, list),
      };
  }
}

/** Whether a query refers to a variable that there is not; the backend then says which. */
export function isMissingVariables(query: EditedQuery, replace: Replacer, dialect: Language): boolean {
  switch (query.queryType) {
    case 'prometheus':
      return replace.isLost(findStatementReferences('promql', query.expr ?? ''));
    case 'influx':
      return replace.isLost(findStatementReferences(dialect, query.query ?? ''));
    case 'mlflow':
      return replace.isLost([
        ...findStatementReferences('sql', query.rawSql ?? ''),
        ...findReferences([query.experiment ?? '', ...(query.keys ?? []), ...(query.variants ?? [])].join(' ')),
      ]);
    case 'experiment':
    case 'impact':
    case 'overview':
    case 'monitor':
    case 'annotations':
    case 'status': {
      const asked = omit(query, 'refId', 'key', 'datasource');
      return replace.isLost(findReferences(textsOf(asked).join(' ')));
    }
  }
}

/** Every text in a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
