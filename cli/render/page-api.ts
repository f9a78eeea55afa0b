/** What a picture needs to know of a running page: its dashboards, their panels, and how an answer came about. */
import { z } from 'zod';
import { LEVELS, SOURCE_NAMES, type Level, type SourceName } from '../../src/calc/provenance';
import { FailureError } from '../../src/contract/failure';

const listingSchema = z.array(z.object({ uid: z.string(), title: z.string() }));
export type ListedDashboard = z.infer<typeof listingSchema>[number];

const panelSchema = z.looseObject({ id: z.number(), type: z.string(), title: z.string().default('') });
const variableSchema = z.looseObject({ name: z.string(), type: z.string(), label: z.string().nullish() });
const dashboardSchema = z.object({
  dashboard: z.looseObject({
    time: z.object({ from: z.string(), to: z.string() }).default({ from: 'now-24h', to: 'now' }),
    templating: z.object({ list: z.array(variableSchema).default([]) }).prefault({}),
    panels: z.array(panelSchema.extend({ panels: z.array(panelSchema).default([]) })).default([]),
  }),
});

/** A dashboard as far as its pictures need it. */
export interface PageDashboard extends ListedDashboard {
  /** The range it opens with. */
  time: { from: string; to: string };
  /** Variables that say what is shown: name → label. */
  variables: Map<string, string>;
  /** Rows left out. */
  panels: Array<{ id: number; title: string }>;
}

const readingSchema = z.object({ source: z.enum(SOURCE_NAMES), state: z.string(), asOf: z.number().nullable() });
const answersSchema = z.object({
  results: z.record(
    z.string(),
    z.object({
      frames: z
        .array(
          z.looseObject({
            schema: z.looseObject({
              meta: z.looseObject({
                custom: z.looseObject({
                  uplift: z.looseObject({
                    provenance: z.object({
                      level: z.enum(LEVELS),
                      answeredAt: z.number(),
                      sources: z.array(readingSchema),
                    }),
                  }),
                }),
              }),
            }),
          }),
        )
        .default([]),
    }),
  ),
});

export interface PageProvenance {
  level: Level;
  /** Epoch ms. */
  answeredAt: number;
  /** Epoch ms of the newest sample; null when there is none. */
  sources: Array<{ source: SourceName; state: string; asOf: number | null }>;
}

const LIMIT_MS = 60_000;

export class PageApi {
  private readonly base: URL;
  /** Basic authentication, for a page that asks for it. */
  readonly credentials: { username: string; password: string } | null;

  /** @param url may carry user and password */
  constructor(url: string) {
    this.base = new URL(url);
    const { username, password } = this.base;
    this.credentials =
      username === '' ? null : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    this.base.username = '';
    this.base.password = '';
  }

  /** The address of a path, without credentials. */
  address(path: string, query: ReadonlyArray<readonly [string, string]> = []): string {
    const url = new URL(path, this.base);
    url.search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
    return url.href;
  }

  /** @throws FailureError when the page does not answer */
  async dashboards(): Promise<ListedDashboard[]> {
    return listingSchema.parse(await this.ask('/api/search'));
  }

  /** @throws FailureError when there is no such dashboard */
  async dashboard({ uid, title }: ListedDashboard): Promise<PageDashboard> {
    const { dashboard } = dashboardSchema.parse(await this.ask(`/api/dashboards/uid/${encodeURIComponent(uid)}`));
    const shown = dashboard.templating.list.filter(({ type }) => type !== 'datasource' && type !== 'constant');
    return {
      uid,
      title,
      time: dashboard.time,
      variables: new Map(shown.map(({ name, label }) => [name, label ?? name])),
      panels: dashboard.panels.flatMap((panel) => (panel.type === 'row' ? panel.panels : [panel])),
    };
  }

  /** How the live numbers of an experiment came about; null when no source says. */
  async provenance(experiment: string | null): Promise<PageProvenance | null> {
    const query = {
      refId: 'A',
      datasource: { uid: 'uplift' },
      queryType: 'overview',
      ...(experiment && { experiment }),
    };
    const answers = answersSchema.safeParse(await this.ask('/api/ds/query', { queries: [query] }));
    return answers.data?.results['A']?.frames[0]?.schema.meta.custom.uplift.provenance ?? null;
  }

  private async ask(path: string, body?: unknown): Promise<unknown> {
    const { credentials } = this;
    const authorization =
      credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
    let response: Response;
    try {
      response = await fetch(this.address(path), {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(authorization !== null && { authorization }),
        },
        signal: AbortSignal.timeout(LIMIT_MS),
      });
    } catch (cause) {
      throw new FailureError(
        {
          class: 'network',
          field: '--url',
          message: `No page answers at ${this.base.origin}.`,
          fix: 'Start it with `uplift serve`, or leave --url out to have one started.',
        },
        { cause },
      );
    }
    if (response.status === 404) {
      throw new FailureError({
        class: 'config',
        field: 'dashboard',
        message: `The page at ${this.base.origin} has no ${path}.`,
        fix: 'Name one of its dashboards.',
      });
    }
    if (response.status === 401) {
      throw new FailureError({
        class: 'auth',
        field: '--url',
        message: `The page at ${this.base.origin} asks for a password.`,
        fix: 'Write it into the address: http://user:password@host:port.',
      });
    }
    return response.json();
  }
}
