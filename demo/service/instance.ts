/** One server of an experiment: it really answers requests over HTTP, takes its time, fails now and then, and exports what it did. */
import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SeededExperiment, SeededVariant } from '../scenario';
import { drawFeatures } from '../telemetry/features';
import type { Tally } from '../telemetry/tally';
import type { Random } from '../traffic/random';
import type { Outcome } from '../traffic/request';
import { outcomeSampler } from '../traffic/request';
import { Exporter } from './exporter';

const scoreQuery = z.object({ variant: z.string(), region: z.string() });

export const LOOPBACK = '127.0.0.1';

/** Milliseconds until the truth about a prediction is known. */
const LABEL_DELAY = { least: 2_000, spread: 8_000 };

export class Instance {
  readonly #server: FastifyInstance = fastify({ forceCloseConnections: true });
  readonly #exporter: Exporter;
  readonly #pendingLabels = new Set<NodeJS.Timeout>();
  #port: number | null = null;

  /**
   * @param past what this server has counted so far, one tally a variant it serves
   * @param onAnswered told of every answer, with the response time really taken and the bins of its features
   */
  constructor(
    readonly name: string,
    experiment: SeededExperiment,
    private readonly past: Tally[],
    private readonly random: Random,
    private readonly onAnswered: (variant: SeededVariant, outcome: Outcome, features: number[]) => void,
  ) {
    this.#exporter = new Exporter(past);
    const sample = outcomeSampler(experiment, random);
    this.#server.get('/metrics', async (_request, reply) => {
      const { contentType, body } = await this.#exporter.render();
      return reply.type(contentType).send(body);
    });
    this.#server.get('/score', async (request, reply) => {
      const { variant, region } = scoreQuery.parse(request.query);
      const tally = this.past.find((candidate) => candidate.variant.name === variant);
      if (tally === undefined) return reply.code(404).send({ error: `no model ${variant} here` });
      const begin = performance.now();
      const outcome = sample({ variant: tally.variant, region, instance: this.name }, Date.now());
      await sleep(outcome.latencyMs);
      const latencyMs = performance.now() - begin;
      this.#exporter.countRequest(tally, region, outcome.isError, latencyMs / 1000, outcome.revenue);
      const features = drawFeatures(experiment, Date.now(), random);
      this.#exporter.countFeatures(tally, features, outcome.prediction);
      this.onAnswered(tally.variant, { ...outcome, latencyMs }, features);
      if (outcome.isError) return reply.code(500).send({ error: 'the model failed' });
      if (outcome.isCorrect !== null) this.#labelLater(tally, region, outcome.isCorrect);
      return { prediction: outcome.prediction, version: tally.version };
    });
  }

  #labelLater(tally: Tally, region: string, isCorrect: boolean): void {
    const timer = setTimeout(
      () => {
        this.#pendingLabels.delete(timer);
        this.#exporter.countLabel(tally, region, isCorrect);
      },
      LABEL_DELAY.least + this.random() * LABEL_DELAY.spread,
    );
    this.#pendingLabels.add(timer);
  }

  /** Listens on a port of the system's choosing; on loopback, unless another machine is to scrape it. */
  async listen(host = LOOPBACK): Promise<void> {
    const url = await this.#server.listen({ host, port: 0 });
    this.#port = Number(new URL(url).port);
  }

  /** @throws Error before `listen` */
  get port(): number {
    if (this.#port === null) throw new Error(`${this.name} does not listen yet`);
    return this.#port;
  }

  async close(): Promise<void> {
    for (const timer of this.#pendingLabels) clearTimeout(timer);
    await this.#server.close();
  }
}
