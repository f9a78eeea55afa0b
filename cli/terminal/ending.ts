/** Ctrl-C and its relatives, once, for work that must be tidied up; a second one ends the process the hard way. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Ending {
  /** Aborts when the process is asked to end. */
  signal: AbortSignal;
  /** Resolves when it is. */
  ended: Promise<void>;
  /** Leaves signals to their default again. */
  dispose(): void;
}

export function endingSignal(): Ending {
  const controller = new AbortController();
  const end = () => controller.abort();
  for (const name of SIGNALS) {
    process.once(name, end);
  }
  return {
    signal: controller.signal,
    ended: new Promise((resolve) => controller.signal.addEventListener('abort', () => resolve(), { once: true })),
    dispose: () => {
      for (const name of SIGNALS) {
        process.off(name, end);
      }
    },
  };
}
