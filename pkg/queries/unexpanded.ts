/**
 * Refuses a query in which a dashboard's variable was left: alert rules and public dashboards have no front end to put its
 * value in, and a store asked for a variant called `$variant` would answer nothing, silently.
 */
import { FailureError } from '../../src/contract/failure';
import type { UpliftQuery } from '../../src/contract/query';
import { findReferences, findStatementReferences } from '../../src/contract/variable-references';
import type { Language } from '../../src/contract/statement-text';
import type { InfluxDialect } from '../../src/contract/settings';

/** @throws FailureError class `query`, naming the field and the variable */
export function refuseUnexpanded(query: UpliftQuery, dialect: InfluxDialect): void {
  if (query.interpolated === true) {
    return;
  }
  for (const [field, names] of referencesOf(query, dialect)) {
    const [name] = names;
    if (name !== undefined) {
      throw new FailureError({
        class: 'query',
        field,
        message: `“$${name}” is a dashboard’s variable, and nothing has put its value in.`,
        fix: 'Write the value itself: alert rules and public dashboards have no variables. On a dashboard, check that the variable still exists.',
      });
    }
  }
}

type References = Array<[field: string, names: string[]]>;

function referencesOf(query: UpliftQuery, dialect: InfluxDialect): References {
  const inName = (field: string, name: string | undefined): References => [[field, findReferences(name ?? '')]];
  const inNames = (field: string, names: readonly string[] | undefined): References =>
    (names ?? []).flatMap((name) => inName(field, name));
  const inStatement = (field: string, language: Language, text: string): References => [
    [field, findStatementReferences(language, text)],
  ];
  switch (query.queryType) {
    case 'experiment':
      return [
        ...inName('experiment', query.experiment),
        ...inName('definition.control', query.definition?.control),
        ...inNames('variants', query.variants),
        ...inNames(
          'metrics',
          query.metrics?.map(({ id }) => id),
        ),
        ...inName('metric', query.metric),
        ...inName('breakdown', query.breakdown),
      ];
    case 'impact':
      return [...inName('experiment', query.experiment), ...inName('variant', query.variant)];
    case 'overview':
      return inName('experiment', query.experiment);
    case 'monitor':
      return [
        ...inName('experiment', query.experiment),
        ...inNames('by', query.by),
        ...Object.entries(query.filters).flatMap(([dimension, values]) => inNames(`filters.${dimension}`, values)),
      ];
    case 'annotations':
      return [
        ...inName('experiment', query.experiment),
        ...inNames('variants', query.variants),
        ...inName('metric', query.metric),
      ];
    case 'prometheus':
      return inStatement('expr', 'promql', query.expr);
    case 'influx':
      return inStatement('query', dialect, query.query);
    case 'mlflow':
      return query.mode === 'sql'
        ? inStatement('rawSql', 'sql', query.rawSql)
        : [
            ...inName('experiment', query.experiment),
            ...inNames('keys', query.keys),
            ...inNames('variants', query.variants),
          ];
    case 'status':
      return [];
  }
}
