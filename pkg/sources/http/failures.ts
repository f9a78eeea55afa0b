/** What a failed exchange means, whose fault it is and what to do (design §3.6). Messages never name hosts or credentials. */
import type { SourceName } from '../../../src/calc/provenance';
import type { Failure } from '../../../src/contract/failure';
import { FailureError } from '../../../src/contract/failure';
import { codeOf, wordsOf } from '../thrown';
import { SOURCE_TITLES } from '../titles';
import type { HttpOptions, HttpReply } from './exchange';

const TLS_CODES =
  /^(ERR_TLS_|ERR_SSL_|ERR_BORINGSSL|ERR_OSSL_|EPROTO$|CERT_|SELF_SIGNED|DEPTH_ZERO_SELF|UNABLE_TO_(GET|VERIFY)|INVALID_CA)/;

/** A certificate's trouble by error code, in words. */
function tlsReason(code: string): string {
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another host name';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'its certificate is not signed by a trusted authority';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'the port does not speak TLS';
    default:
      return `the TLS handshake failed (${code})`;
  }
}

function tlsFix(source: SourceName, code: string): string {
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `Set ${source}.tls.serverName to a name in the certificate, or use that name in the address.`;
    case 'CERT_HAS_EXPIRED':
      return 'Renew the server’s certificate.';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'Use http:// instead of https://, or the port that serves TLS.';
    default:
      return `Put the authority’s certificate (PEM) into ${source}.tls.ca, and check the client certificate and key.`;
  }
}

/** The reason why a socket failed, shared with PostgreSQL's driver. Null when the code says nothing about a connection. */
export function socketFailure(source: SourceName, code: string, field: string): Omit<Failure, 'source'> | null {
  const title = SOURCE_TITLES[source];
  if (TLS_CODES.test(code)) {
    return {
      class: 'tls',
      field: `${source}.tls`,
      message: `${title}: ${tlsReason(code)}.`,
      fix: tlsFix(source, code),
    };
  }
  const reason = {
    ECONNREFUSED: 'nothing listens at the configured address',
    ENOTFOUND: 'the configured host name does not resolve',
    EAI_AGAIN: 'the configured host name could not be resolved just now',
    ECONNRESET: 'the connection was reset before the answer was complete',
    EPIPE: 'the connection was closed while the request was sent',
    EHOSTUNREACH: 'there is no route to the configured host',
    ENETUNREACH: 'there is no route to the configured host',
    HPE: 'what answered does not speak HTTP',
  }[code.startsWith('HPE_') ? 'HPE' : code];
  if (reason) {
    return {
      class: 'network',
      field,
      message: `${title}: ${reason}.`,
      fix: `Check that the server runs, that ${field} is right, and that a firewall lets this machine through.`,
    };
  }
  return code === 'ETIMEDOUT' ? timeoutFailure(source) : null;
}

export function timeoutFailure(source: SourceName, seconds?: number): Omit<Failure, 'source'> {
  const limit = seconds === undefined ? '' : ` within ${String(seconds)} s`;
  return {
    class: 'timeout',
    field: `${source}.timeoutSeconds`,
    message: `${SOURCE_TITLES[source]} did not answer${limit}.`,
    fix: `Shorten the time range, check the server’s load, or raise ${source}.timeoutSeconds.`,
  };
}

/** axios tells of a body that broke off by words alone. */
function codeOfExchange(error: unknown): string {
  return wordsOf(error) === 'stream has been aborted' ? 'ECONNRESET' : codeOf(error);
}

/** What an exchange that ended without a whole reply means; failures already classified pass through. */
export function connectionFailure(options: HttpOptions, error: unknown, timedOut: boolean): FailureError {
  if (error instanceof FailureError) {
    return error;
  }
  const { source } = options;
  const classify = (): Omit<Failure, 'source'> => {
    if (timedOut) {
      return timeoutFailure(source, options.timeoutMs / 1000);
    }
    const known = socketFailure(source, codeOfExchange(error), `${source}.url`);
    if (known) {
      return known;
    }
    if (wordsOf(error).startsWith('maxContentLength')) {
      return {
        class: 'limit',
        field: 'limits.bytes',
        message: `${SOURCE_TITLES[source]}’s answer is larger than ${megabytes(options.maxBytes)}.`,
        fix: 'Shorten the time range, coarsen the step or filter more; or raise limits.bytes.',
      };
    }
    return {
      class: 'network',
      field: `${source}.url`,
      message: `${SOURCE_TITLES[source]}: the exchange failed (${codeOf(error) || 'no reason given'}).`,
      fix: `Check ${source}.url and the network between; the plugin’s log has the details.`,
    };
  };
  return new FailureError({ source, ...classify() }, { cause: error });
}

/** Replies that mean the same for every store; null when the store's own words decide. */
export function replyFailure(
  { source, auth }: Pick<HttpOptions, 'source' | 'auth'>,
  reply: HttpReply,
): FailureError | null {
  const title = SOURCE_TITLES[source];
  const field = auth.kind === 'token' ? `${source}.token` : `${source}.user`;
  if (reply.status === 401 && auth.kind === 'none') {
    return new FailureError({
      class: 'auth',
      source,
      field,
      message: `${title} wants credentials, and none are set.`,
      fix: `Set a user and password, or a token, for ${source}.`,
    });
  }
  if (reply.status === 401) {
    return new FailureError({
      class: 'auth',
      source,
      field,
      message: `${title} refused the credentials.`,
      fix: `Check the user, password or token of ${source}, and that the server accepts this kind of authentication.`,
    });
  }
  if (reply.status === 403) {
    return new FailureError({
      class: 'auth',
      reached: 'login',
      source,
      field,
      message: `${title} knows the credentials but does not let them read this.`,
      fix: `Grant ${source}’s user or token the right to read.`,
    });
  }
  if (reply.status >= 300 && reply.status < 400) {
    return new FailureError({
      class: 'config',
      source,
      field: `${source}.url`,
      message: `${title}’s address answers with a redirect, which is not followed.`,
      fix: `Set ${source}.url to the final address; a redirect to a login page means that a proxy wants credentials.`,
    });
  }
  return null;
}

/** A reply no API of this store would give: another service, or a proxy in front of it, answered. */
export function foreignReply(source: SourceName, reply: HttpReply): FailureError {
  const title = SOURCE_TITLES[source];
  if (reply.status === 429) {
    return new FailureError({
      class: 'limit',
      source,
      message: `${title} says there are too many requests.`,
      fix: 'Refresh less often, raise cache.ttlSeconds, or raise the limit in front of the store.',
    });
  }
  if (reply.status >= 500) {
    return new FailureError({
      class: 'server',
      source,
      message: `${title} failed with HTTP status ${String(reply.status)}.`,
      fix: 'Look into the server’s own log; if a proxy stands before it, check that it reaches the server.',
    });
  }
  return new FailureError({
    class: 'config',
    source,
    field: `${source}.url`,
    message: `What answers at ${source}.url (HTTP status ${String(reply.status)}) is not ${title}’s API.`,
    fix: `Check the address’s port and path.`,
  });
}

const MOST_READ = 2_000;

/** A store's own words made fit for a frame: one line, short, without addresses. */
export function quoteSafely(text: string): string {
  // More than is shown: a store may answer with megabytes, and an address must not be cut in two.
  const start = text.length > MOST_READ ? text.slice(0, MOST_READ).replace(/\S*$/, '') : text;
  return start
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<address>')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, '<address>')
    .replace(/\b[\w-]+(\.[\w-]+)*:\d{2,5}\b/g, (match) => (/^\d+:\d+$/.test(match) ? match : '<address>'))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

function megabytes(bytes: number): string {
  return `${String(Math.round((bytes / 1024 / 1024) * 10) / 10)} MiB`;
}
