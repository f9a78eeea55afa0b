/** Who may see the page. Beyond this machine nobody may without a password or a proxy that has asked for one. */

/** How the page knows its readers. */
export type Access =
  /** Everybody on this machine; only on loopback. */
  | { kind: 'open' }
  /** HTTP Basic. */
  | { kind: 'password'; user: string; password: string }
  /** A proxy signs people in and names them in a header, which only these addresses are believed. */
  | { kind: 'proxy'; header: string };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** The shortest password worth guessing against ten times a minute for years. */
export const SHORTEST_PASSWORD = 12;

export const isLoopback = (host: string): boolean => LOOPBACK.has(host.toLowerCase());

/** @throws Error saying how to be safe, when everyone who reaches the host could read the page */
export function refuseUnsafe(host: string, access: Access, trustedProxies: readonly string[]): void {
  switch (access.kind) {
    case 'open':
      if (!isLoopback(host)) {
        throw new Error(
          `The page would be open to everyone who reaches “${host}”. Set DASHBOARD_PASSWORD (at least ` +
            `${SHORTEST_PASSWORD} characters), or DASHBOARD_PROXY_HEADER with DASHBOARD_TRUSTED_PROXIES, or listen on localhost.`,
        );
      }
      return;
    case 'password':
      if (access.password.length < SHORTEST_PASSWORD) {
        throw new Error(`DASHBOARD_PASSWORD is too short: use at least ${SHORTEST_PASSWORD} characters.`);
      }
      return;
    case 'proxy':
      if (trustedProxies.length === 0) {
        throw new Error(
          `Anyone could send the header ${access.header}. Name the proxy’s addresses in DASHBOARD_TRUSTED_PROXIES.`,
        );
      }
      return;
  }
}
