/** A reader of a dashboard without a browser: asks what the page asks on every refresh, over connections of its own. */
import { Agent, request } from 'node:http';
import type { Browser } from 'playwright-core';
import { z } from 'zod';

/** As many as a browser opens to one host. */
const CONNECTIONS = 6;
const SETTLED_MS = 2_000;

const questionSchema = z.looseObject({ from: z.string(), to: z.string() });
/** The body of a query as the page sends it, with its range in epoch ms. */
export type Question = z.infer<typeof questionSchema>;

/** What a browser asks for a dashboard, once each. */
export async function recordQuestions(browser: Browser, dashboard: string): Promise<Question[]> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 3000 } });
  const bodies = new Map<string, Question>();
  let changedAt = Date.now();
  page.on('request', (asked) => {
    if (asked.method() === 'POST' && asked.url().includes('/api/ds/query')) {
      const question = questionSchema.parse(asked.postDataJSON());
      bodies.set(JSON.stringify(question['queries']), question);
      changedAt = Date.now();
    }
  });
  await page.goto(dashboard);
  while (bodies.size === 0 || Date.now() - changedAt < SETTLED_MS) {
    await page.waitForTimeout(100);
  }
  await page.close();
  return [...bodies.values()];
}

export interface Refresh {
  /** From the first question to the end of the last answer, ms. */
  took: number;
  /** Answers that were none. */
  errors: string[];
}

export class PageClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  constructor(
    private readonly base: string,
    private readonly questions: readonly Question[],
  ) {}

  /** Asks everything a refresh asks, up to now, at once. */
  async refresh(): Promise<Refresh> {
    const now = Date.now();
    const began = performance.now();
    const answers = await Promise.all(this.questions.map((question) => this.#ask(question, now)));
    return { took: performance.now() - began, errors: answers.filter((answer) => answer !== null) };
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Null when it was answered, else what went wrong. */
  #ask({ from, to, ...rest }: Question, now: number): Promise<string | null> {
    const body = JSON.stringify({ ...rest, from: String(now - (Number(to) - Number(from))), to: String(now) });
    const headers = { 'content-type': 'application/json', 'accept-encoding': 'gzip' };
    return new Promise((resolve) => {
      request(new URL('/api/ds/query', this.base), { method: 'POST', agent: this.#agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200 ? null : `status ${response.statusCode ?? 0}`));
        response.on('error', ({ message }) => resolve(message));
      })
        .on('error', ({ message }) => resolve(message))
        .end(body);
    });
  }
}

/** A series' value in `/metrics`, summed over all its labels. */
export async function readMetric(base: string, name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', base))).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
