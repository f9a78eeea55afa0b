import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** `@module` of every line. */
  module: string;
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error';
}

/** go-plugin's parser wants exactly six decimals and takes the whole line for plain text otherwise. */
function timestampWithMicroseconds(): string {
  return `,"@timestamp":"${new Date().toISOString().slice(0, -1)}000Z"`;
}

/** hclog knows no level above error. */
function hclogLevel(label: string): { '@level': string } {
  return { '@level': label === 'fatal' ? 'error' : label };
}

/**
 * A logger whose lines are those of HashiCorp's hclog, which Grafana reads from a plugin's stderr and puts into its own
 * log with level and fields. Writes synchronously: the last words of a process are the ones that matter.
 */
export function createLogger(
  { module, level = 'info' }: LoggerOptions,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: { '@module': module },
      messageKey: '@message',
      errorKey: 'error',
      timestamp: timestampWithMicroseconds,
      formatters: { level: hclogLevel },
    },
    destination,
  );
}
