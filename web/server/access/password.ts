/** HTTP Basic: compared without telling how much of a guess was right, and slow to guess at. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import basicAuth from '@fastify/basic-auth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Wrong passwords a client may send a minute; then nothing it sends is looked at for a minute. */
const WRONG_A_MINUTE = 10;
const MINUTE_S = 60;

/** Compares texts of any length in the same time: their keyed digests are of one length. */
function secretOf(text: string): (guess: string) => boolean {
  const key = randomBytes(32);
  const digest = (value: string) => createHmac('sha256', key).update(value).digest();
  const expected = digest(text);
  return (guess) => timingSafeEqual(digest(guess), expected);
}

/** Whoever holds one IPv6 address holds all of its /64 network. */
export function clientOf(address: string): string {
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? new ipaddr.IPv6(parsed.toByteArray().fill(0, 8)).toString() : parsed.toString();
}

export interface PasswordOptions {
  user: string;
  password: string;
  /** Which requests need it. */
  isGuarded: (request: FastifyRequest) => boolean;
}

/** Asks every guarded request for user and password. */
export async function registerPassword(app: FastifyInstance, options: PasswordOptions): Promise<void> {
  const isUser = secretOf(options.user);
  const isPassword = secretOf(options.password);
  const wrong = new RateLimiterMemory({ points: WRONG_A_MINUTE, duration: MINUTE_S, blockDuration: MINUTE_S });

  await app.register(basicAuth, {
    authenticate: { realm: 'Uplift' },
    validate: async (user, password, request) => {
      // Both are always compared: an early no would tell which one was right.
      const isRight = [isUser(user), isPassword(password)].every(Boolean);
      if (!isRight) {
        request.log.warn({ client: request.ip }, 'wrong user or password');
        await wrong.penalty(clientOf(request.ip));
        return new Error('Wrong user or password.');
      }
      return undefined;
    },
  });

  app.addHook('onRequest', async (request, reply) => {
    const attempts = options.isGuarded(request) ? await wrong.get(clientOf(request.ip)) : null;
    return attempts !== null && attempts.consumedPoints >= WRONG_A_MINUTE
      ? refuseGuesser(reply, attempts.msBeforeNext)
      : undefined;
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (options.isGuarded(request)) {
      app.basicAuth.call(app, request, reply, done);
    } else {
      done();
    }
  });
}

const refuseGuesser = (reply: FastifyReply, waitMs: number) =>
  reply
    .code(429)
    .header('retry-after', Math.ceil(waitMs / 1000))
    .send({ message: 'Too many wrong passwords from your address. Wait a minute, then try once more.' });
