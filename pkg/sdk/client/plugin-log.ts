/** Lines that a plugin writes to stderr, most of them in hclog's JSON. */
import { z } from 'zod';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

export interface PluginLog {
  level: (typeof LEVELS)[number];
  message: string;
  /** The line's other keys; empty for a line that is no JSON. */
  fields: Record<string, unknown>;
}

const lineSchema = z.looseObject({
  '@level': z.enum(LEVELS),
  '@message': z.string().default(''),
});

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A line that is not hclog's JSON is its own message, at `info`: a crash prints plain text. */
export function parseLogLine(line: string): PluginLog {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return { level: 'info', message: line, fields: {} };
  const { '@level': level, '@message': message, ...fields } = parsed.data;
  return { level, message, fields };
}
