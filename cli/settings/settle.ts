/** Settles the settings of one run: flags, then the environment, then `.env`, then a settings file; the first that names one counts. */
import { z } from 'zod';
import { FailureError } from '../../src/contract/failure';
import type { Settings } from '../../src/contract/settings';
import { secretsSchema, settingsSchema } from '../../src/contract/settings';
import { SHORTEST_PASSWORD } from '../../web/server/access/access';
import { LOG_LEVELS } from '../../web/server/log';
import { Draft } from './draft';
import type { EnvFile } from './env-file';
import { VARIABLES, type Variable } from './variables';

/** Names of HTTP headers (RFC 9110, 5.6.2). */
const HEADER_NAME = /^[!#$%&'*+.^`|~\w-]+$/;

const pageSchema = z
  .object({
    host: z.string().min(1).default('localhost'),
    port: z.number().int().min(0).max(65_535).default(8050),
    refreshSeconds: z.number().int().min(1).max(86_400).default(30),
    user: z
      .string()
      .regex(/^[^:]+$/, 'a name without a colon')
      .default('uplift'),
    password: z.string().min(SHORTEST_PASSWORD, `at least ${SHORTEST_PASSWORD} characters`).optional(),
    proxyHeader: z.string().regex(HEADER_NAME, 'the name of a header').optional(),
    trustedProxies: z.array(z.string()).default([]),
    tls: z.object({ cert: z.string(), key: z.string() }).optional(),
    logLevel: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('warn'),
  })
  .refine(({ password, proxyHeader }) => password === undefined || proxyHeader === undefined, {
    path: ['proxyHeader'],
    error: 'readers are known by a password or by a proxy’s header, not by both: leave one out',
  })
  .refine(({ proxyHeader, trustedProxies }) => proxyHeader === undefined || trustedProxies.length > 0, {
    path: ['trustedProxies'],
    error: 'anyone could send the proxy’s header: name the addresses it is believed from',
  });
export type PageSettings = z.infer<typeof pageSchema>;

export interface RunSettings {
  /** `experiments` holds those of the settings file only: `readDefinitions` reads the others. */
  settings: Settings;
  secrets: Record<string, string>;
  page: PageSettings;
  /** Files, folders or patterns; null when none were named. */
  experiments: string[] | null;
}

export interface SettingsOrigins {
  /** By the name of the variable they override. */
  flags: ReadonlyMap<string, string>;
  environment: Readonly<Record<string, string | undefined>>;
  envFile: EnvFile;
  envFileName: string;
  /** `jsonData` as in Grafana's provisioning, for what has no variable, e.g. `mapping`. */
  file: { name: string; content: unknown } | null;
}

/** What a source cannot do without; variables of a source that lacks it are left over from a template. */
const ANCHORS = { mlflow: 'host', prometheus: 'url', influx: 'url' } as const;

/** @throws FailureError naming the variable, where it was set, and the fix */
export function settle(origins: SettingsOrigins): RunSettings {
  const draft = new Draft();
  if (origins.file !== null) {
    draft.apply({ settings: objectOf(origins.file) }, origins.file.name);
  }
  for (const variable of VARIABLES) {
    const found = find(variable, origins);
    if (found !== null) {
      draft.apply(readVariable(variable, found), found.origin);
    }
  }
  const { settings, secrets = {}, page = {}, experiments } = draft.values;
  const configured = dropUnanchored(z.record(z.string(), z.unknown()).parse(settings ?? {}));
  return {
    settings: check(settingsSchema, configured, 'settings', draft),
    secrets: z.record(z.string(), z.string()).parse(check(secretsSchema, secrets, 'secrets', draft)),
    page: check(pageSchema, page, 'page', draft),
    experiments: z
      .array(z.string())
      .nullable()
      .parse(experiments ?? null),
  };
}

interface Found {
  text: string;
  origin: string;
}

/** Where a variable is set; an empty one counts as not set, because templates and Compose files leave them so. */
function find(variable: Variable, { flags, environment, envFile, envFileName }: SettingsOrigins): Found | null {
  const flag = flags.get(variable.name);
  if (flag !== undefined) {
    return { text: flag, origin: `flag ${variable.flag?.split(' ')[0] ?? variable.name}` };
  }
  const value = environment[variable.name];
  if (value !== undefined && value !== '') {
    return { text: value, origin: `${variable.name} (environment)` };
  }
  const line = envFile.get(variable.name);
  return line === undefined || line.value === ''
    ? null
    : { text: line.value, origin: `${variable.name} (${envFileName}, line ${line.line})` };
}

function readVariable({ name, what, read }: Variable, { text, origin }: Found) {
  try {
    return read(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) {
      throw cause;
    }
    throw wrongSetting(name, `${origin} ${cause.message}.`, `${name}: ${what}.`, cause);
  }
}

function dropUnanchored(settings: Record<string, unknown>): Record<string, unknown> {
  const lacks = Object.entries(ANCHORS).filter(([source, anchor]) => {
    const section = settings[source];
    return typeof section === 'object' && section !== null && !(anchor in section);
  });
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !lacks.some(([source]) => source === name)));
}

function check<T>(schema: z.ZodType<T>, value: unknown, root: string, draft: Draft): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String) ?? [];
  const place = [root, ...path].join('.');
  const variable = VARIABLES.find(({ path: sets }) => sets === place);
  const origin = draft.originOf(place);
  const what = `${path.join('.')}: ${issue?.message ?? 'not valid'}`;
  throw wrongSetting(
    variable?.name ?? place,
    origin === null ? `${variable?.name ?? place} is not set.` : `${origin} is not valid: ${what}.`,
    variable ? `${variable.name}: ${variable.what}.` : 'Correct it in the settings file.',
  );
}

function objectOf({ name, content }: { name: string; content: unknown }): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(content ?? {});
  if (!parsed.success) {
    throw wrongSetting(
      '--settings',
      `${name} does not hold a mapping of settings.`,
      'Write it as jsonData in provisioning/datasources/uplift.yaml.',
    );
  }
  return parsed.data;
}

const wrongSetting = (field: string, message: string, fix: string, cause?: unknown) =>
  new FailureError({ class: 'config', field, message, fix }, { cause });
