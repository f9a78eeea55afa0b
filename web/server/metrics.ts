/** `/metrics`: what the page's server does, and after it what its backend says of itself. Names no experiment. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Backend } from './backend';

const SCRAPE_LIMIT_MS = 5_000;
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How an answer to a query was come by. */
export type AnswerOrigin = 'asked' | 'shared';

export class PageMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'uplift_page_requests_total',
    help: 'Requests answered by the page, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'uplift_page_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers: [this.#registry],
  });
  readonly #answers = new Counter({
    name: 'uplift_page_answers_total',
    help: 'Answers to queries: asked of the backend, or shared with somebody who asked the same.',
    labelNames: ['origin'],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry, prefix: 'uplift_page_' });
  }

  countRequest(route: string, method: string, status: number, milliseconds: number): void {
    this.#requests.inc({ route, method, status: String(status) });
    this.#seconds.observe({ route }, milliseconds / 1000);
  }

  countAnswer(origin: AnswerOrigin): void {
    this.#answers.inc({ origin });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}

/** The route's pattern, never the address asked for: names in it would make a series each. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? 'none';

/** Counts every request and answers `/metrics`. */
export function registerMetrics(app: FastifyInstance, metrics: PageMetrics, backend: Backend): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.countRequest(routeOf(request), request.method, reply.statusCode, reply.elapsedTime);
    done();
  });
  app.get('/metrics', async (request, reply) => {
    const own = await metrics.text();
    const backends = await backend
      .call((client) => client.collectMetrics({ timeoutMs: SCRAPE_LIMIT_MS }))
      .catch((error: unknown) => {
        request.log.warn({ err: error }, 'the backend did not give its metrics');
        return '';
      });
    return reply.type(metrics.contentType).send(`${own}\n${backends}`);
  });
}
