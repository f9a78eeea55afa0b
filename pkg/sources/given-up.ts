/** Waiting for what goes on without us: a shared question, or a driver that cannot be told to stop. */

/**
 * What `work` gives, unless the caller gives up first; the work then ends on its own, and its failure is nobody's.
 *
 * @throws the signal's reason
 */
export async function unlessGivenUp<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    settled.abort();
  }
}
