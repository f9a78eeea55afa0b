/** Whether the page reaches its server. Requests that fail on the way wait here and are sent again on recovery. */
import { BehaviorSubject, filter, take, type Observable } from 'rxjs';

export type Connection = { state: 'online' } | { state: 'offline'; since: number };

const PROBE_MS = 2_000;
const PROBE_TIMEOUT_MS = 5_000;

const connection = new BehaviorSubject<Connection>({ state: 'online' });

async function isServerBack(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })).ok;
  } catch (error) {
    // Still unreachable: the very thing this asks. Anything else is a mistake in this code.
    if (error instanceof TypeError || error instanceof DOMException) {
      return false;
    }
    throw error;
  }
}

function probe(): void {
  window.setTimeout(() => {
    void isServerBack().then((isBack) => (isBack ? connection.next({ state: 'online' }) : probe()));
  }, PROBE_MS);
}

/** Marks the server as unreachable and starts asking for it. */
export function reportLost(): void {
  if (connection.value.state === 'online') {
    connection.next({ state: 'offline', since: Date.now() });
    probe();
  }
}

export const connectionChanges: Observable<Connection> = connection.asObservable();
export const currentConnection = (): Connection => connection.value;

/** Emits once, when the server answers again. */
export const recovery = (): Observable<Connection> =>
  connection.pipe(
    filter(({ state }) => state === 'online'),
    take(1),
  );
