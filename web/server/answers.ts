/**
 * Many eyes, few queries: whoever asks what somebody else has just asked gets that answer. Alike are the same queries
 * over the same range; of ranges that end now, those that end within one refresh of the dashboards.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export interface Range {
  /** Epoch ms. */
  from: number;
  to: number;
}

/** An answer as it is sent. */
export interface Answer {
  status: number;
  json: Buffer;
  gzipped: Buffer;
}

interface Loaded {
  answer: Answer;
  /** Epoch ms. */
  at: number;
}

interface Load {
  load: () => Promise<Answer>;
  /** Failures are not kept: the next one who asks may have better luck. */
  keepMs: (answer: Answer) => number;
}

/** All answers kept, bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Of a short range one refresh is much: what is shared is never older than this part of it. */
const PARTS = 20;
/** Who refreshes about as often as everybody else takes what there is; otherwise each would ask at a moment of its own. */
const ASKED_ANEW_BELOW = 0.75;

const compress = promisify(gzip);

/** Serialises once what may be sent to hundreds. */
export async function encodeAnswer(status: number, body: unknown): Promise<Answer> {
  const json = Buffer.from(JSON.stringify(body));
  return { status, json, gzipped: await compress(json, { level: 4 }) };
}

export class SharedAnswers {
  readonly #answers: LRUCache<string, Loaded, Load>;
  #waiting = 0;
  #hasGrown = false;

  /**
   * @param keepMs one refresh of the dashboards
   * @param clock epoch ms; passed in so that tests own the time
   */
  constructor(
    private readonly keepMs: number,
    private readonly clock: () => number,
  ) {
    this.#answers = new LRUCache<string, Loaded, Load>({
      maxSize: MOST_BYTES,
      // The question is kept as well, and a long one may have a short answer.
      sizeCalculation: ({ answer }, key) => key.length + answer.json.length + answer.gzipped.length,
      perf: { now: clock },
      ttlResolution: 0,
      fetchMethod: async (_key, _stale, { context, options }) => {
        const at = clock();
        const answer = await context.load();
        options.ttl = Math.max(1, context.keepMs(answer));
        return { answer, at };
      },
    });
  }

  /**
   * The answer to `question` over a range: a shared one, if it was asked at most `maxAgeMs` ago.
   * @throws what `load` throws
   */
  async answer(
    question: string,
    range: Range,
    maxAgeMs: number,
    load: () => Promise<Answer>,
  ): Promise<{ answer: Answer; isShared: boolean }> {
    const key = `${this.#momentOf(range)} ${question}`;
    const kept = this.#answers.get(key);
    let isShared = true;
    this.#waiting++;
    try {
      const loaded = await this.#answers.fetch(key, {
        context: {
          load: () => {
            isShared = false;
            this.#hasGrown = true;
            return load();
          },
          keepMs: ({ status }) => (status === 200 ? this.keepMs : 0),
        },
        forceRefresh:
          kept !== undefined && maxAgeMs < this.keepMs * ASKED_ANEW_BELOW && this.clock() - kept.at > maxAgeMs,
      });
      if (loaded === undefined) {
        throw new Error('an answer vanished while it was fetched');
      }
      return { answer: loaded.answer, isShared };
    } finally {
      this.#waiting--;
      this.#forgetExpired();
    }
  }

  /** A range that ends now is asked under another key every refresh: nobody asks again for what has expired. */
  #forgetExpired(): void {
    // The place of an expired answer is where its successor is being fetched: not while anybody waits for one.
    if (this.#hasGrown && this.#waiting === 0) {
      this.#hasGrown = false;
      this.#answers.purgeStale();
    }
  }

  /** What is kept, bytes. */
  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  /** What ranges that may share an answer have in common. */
  #momentOf({ from, to }: Range): string {
    const width = Math.min(this.keepMs, (to - from) / PARTS);
    return Math.abs(this.clock() - to) > this.keepMs
      ? `${from}-${to}`
      : `${Math.floor(from / width)}-${Math.floor(to / width)}/${width}`;
  }
}
