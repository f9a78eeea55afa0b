/** How a plugin and whoever starts it find each other: hashicorp/go-plugin's cookie and its one line on stdout. */

/** In the environment of every plugin that a host started; its absence means that a human did. */
export const MAGIC_COOKIE = { key: 'grafana_plugin_type', value: 'datasource' } as const;

const CORE_VERSION = 1;
const PLUGIN_VERSION = 2;

/** `1|2|tcp|127.0.0.1:40123|grpc`: core version, plugin protocol version, network, address, protocol. */
export function formatHandshake(port: number): string {
  return `${CORE_VERSION}|${PLUGIN_VERSION}|tcp|127.0.0.1:${port}|grpc`;
}

/**
 * @returns the gRPC target named by a handshake line (`127.0.0.1:40123`, `unix:/tmp/plugin1`).
 * @throws Error saying what is wrong with the line.
 */
export function parseHandshake(line: string): string {
  const [core, version, network, address, protocol] = line.trim().split('|');
  if (protocol === undefined || address === undefined || address === '') {
    throw new Error(`not a plugin handshake: ${JSON.stringify(line)}`);
  }
  if (core !== String(CORE_VERSION)) throw new Error(`go-plugin core version ${core ?? ''} is not ${CORE_VERSION}`);
  if (version !== String(PLUGIN_VERSION)) {
    throw new Error(`plugin protocol version ${version ?? ''} is not ${PLUGIN_VERSION}`);
  }
  if (protocol !== 'grpc') throw new Error(`plugin speaks ${protocol}, not grpc`);
  switch (network) {
    case 'tcp':
      return address;
    case 'unix':
      return `unix:${address}`;
    default:
      throw new Error(`plugin listens on ${network ?? 'nothing'}, not on tcp or unix`);
  }
}
