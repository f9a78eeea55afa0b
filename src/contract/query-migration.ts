/**
 * Queries as older dashboards and other data sources wrote them, read as today's. Applied in the editor and in the backend
 * alike, because a public dashboard or an alert rule is answered without a front end. What is not known is kept.
 */
type Model = Readonly<Record<string, unknown>>;

interface Migration {
  applies: (model: Model) => boolean;
  migrate: (model: Model) => Model;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFilled = (value: unknown): value is string => isText(value) && value.trim() !== '';

/** Renames a field, unless the new one is there already. */
const rename = (from: string, to: string, isOf: (model: Model) => boolean): Migration => ({
  applies: (model) => isOf(model) && Object.hasOwn(model, from) && !Object.hasOwn(model, to),
  migrate: ({ [from]: value, ...others }) => ({ ...others, [to]: value }),
});

const ofType =
  (type: string) =>
  ({ queryType }: Model): boolean =>
    queryType === type;

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `15s`, `1m30s` as seconds; undefined for anything else, such as a variable. */
function readSeconds(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h|d|w)/g)];
  const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text.trim();
  return isWhole
    ? parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ''] ?? Number.NaN), 0)
    : undefined;
}

/** In this order. */
const MIGRATIONS: readonly Migration[] = [
  // A query from before there were types, or pasted from Grafana's own data source: what it holds tells what it is.
  {
    applies: ({ queryType, expr }) => !isFilled(queryType) && isFilled(expr),
    migrate: (model) => ({ ...model, queryType: 'prometheus' }),
  },
  {
    applies: ({ queryType, rawSql }) => !isFilled(queryType) && isFilled(rawSql),
    migrate: (model) => ({ ...model, queryType: 'mlflow' }),
  },
  {
    applies: ({ queryType, query }) => !isFilled(queryType) && isFilled(query),
    migrate: (model) => ({ ...model, queryType: 'influx' }),
  },
  rename('legendFormat', 'legend', ofType('prometheus')),
  {
    applies: ({ queryType, legend }) => queryType === 'prometheus' && legend === '__auto',
    migrate: (model) => ({ ...model, legend: '' }),
  },
  {
    applies: ({ queryType, interval, minStep }) =>
      queryType === 'prometheus' && isText(interval) && minStep === undefined && readSeconds(interval) !== undefined,
    migrate: (model) => ({ ...model, minStep: isText(model.interval) ? readSeconds(model.interval) : undefined }),
  },
  // Grafana's data sources write `time_series`.
  {
    applies: ({ format }) => format === 'time_series' || format === 'heatmap',
    migrate: (model) => ({ ...model, format: 'timeseries' }),
  },
  // Texts that an emptied field left behind.
  ...['breakdown', 'metric', 'variant'].map((field): Migration => ({
    applies: (model) => model[field] === '' || model[field] === null,
    migrate: (model) => Object.fromEntries(Object.entries(model).filter(([name]) => name !== field)),
  })),
];

/** The query as today's schema names its fields; the same object where nothing is old. */
export function migrateQuery(model: Model): Model {
  return MIGRATIONS.reduce((so, { applies, migrate }) => (applies(so) ? migrate(so) : so), model);
}
