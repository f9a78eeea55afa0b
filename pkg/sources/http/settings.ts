/** From a data source's settings to HTTP clients, one an endpoint; both HTTP stores are configured alike. */
import type { SourceName } from '../../../src/calc/provenance';
import type { InfluxSettings, PrometheusSettings, Secrets } from '../../../src/contract/settings';
import { headerSecret } from '../../../src/contract/settings';
import type { HttpAuth } from './exchange';
import { HttpClient } from './client';

export interface HttpSecrets {
  password: string | undefined;
  token: string | undefined;
  clientKey: string | undefined;
  /** Values of the headers in `secretHeaders`, by name. */
  headers: Record<string, string>;
}

/** One store's secrets out of all of the data source's. */
export function httpSecrets(
  source: 'prometheus' | 'influx',
  { secretHeaders }: PrometheusSettings | InfluxSettings,
  secrets: Secrets,
): HttpSecrets {
  const valueOf = (header: string): Array<[string, string]> => {
    const value = secrets[headerSecret(source, header)];
    return value === undefined ? [] : [[header, value]];
  };
  return {
    password: secrets[`${source}Password`],
    token: secrets[`${source}Token`],
    clientKey: secrets[`${source}ClientKey`],
    headers: Object.fromEntries(secretHeaders.flatMap(valueOf)),
  };
}

/** The primary's client first, then the backups', which share its credentials. */
export function httpClients(
  source: SourceName,
  settings: PrometheusSettings | InfluxSettings,
  secrets: HttpSecrets,
  tokenScheme: 'Bearer' | 'Token',
  maxBytes: number,
): HttpClient[] {
  return [settings.url, ...settings.backups.map(({ url }) => url)].map(
    (url) =>
      new HttpClient({
        source,
        url,
        auth: authOf(settings.user, secrets, tokenScheme),
        headers: { ...settings.headers, ...secrets.headers },
        timeoutMs: settings.timeoutSeconds * 1000,
        maxBytes,
        tls: settings.tls,
        clientKey: secrets.clientKey,
      }),
  );
}

function authOf(user: string | undefined, { password, token }: HttpSecrets, scheme: 'Bearer' | 'Token'): HttpAuth {
  if (token) {
    return { kind: 'token', scheme, token };
  }
  return user ? { kind: 'basic', user, password: password ?? '' } : { kind: 'none' };
}

/** Doubts about how the store is reached, for the connection test. */
export function transportWarnings(settings: PrometheusSettings | InfluxSettings, secrets: HttpSecrets): string[] {
  const { protocol, hostname } = new URL(settings.url);
  const isLocal = /^(localhost|127\..*|\[::1\])$/.test(hostname);
  const warnings: string[] = [];
  if (settings.tls.skipVerify && protocol === 'https:') {
    warnings.push('the server’s certificate is not verified (tls.skipVerify)');
  }
  if (protocol === 'http:' && !isLocal && (settings.user || secrets.token)) {
    warnings.push('credentials travel unencrypted: use https://');
  }
  return warnings;
}
