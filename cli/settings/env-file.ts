/** A `.env` file: its values as dotenv reads them, and the line each stands on, so that a mistake is named by its number. */
import { readFile } from 'node:fs/promises';
import { parse } from 'dotenv';
import { FailureError } from '../../src/contract/failure';
import { errorCode } from '../error-code';

export interface EnvValue {
  value: string;
  /** From 1. */
  line: number;
}

export type EnvFile = ReadonlyMap<string, EnvValue>;

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/;
const BLANK = /^\s*(?:#.*)?$/;

/**
 * Reads the text of a `.env` file. Of a name that stands twice the last value counts, as in a shell.
 * @throws FailureError naming the first line that is neither an assignment, a comment nor blank, or whose quote never ends
 */
export function parseEnv(text: string, file: string): EnvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const places = new Map<string, number>();
  for (let index = 0; index < lines.length; index++) {
    const content = lines[index] ?? '';
    if (BLANK.test(content)) {
      continue;
    }
    const [, name, value = ''] = ASSIGNMENT.exec(content) ?? [];
    if (name === undefined) {
      throw wrongLine(file, index, 'is neither NAME=value nor a comment');
    }
    places.set(name, index + 1);
    index = lastLineOf(value, lines, index, file);
  }
  const values = parse(lines.join('\n'));
  return new Map([...places].map(([name, line]) => [name, { value: values[name] ?? '', line }]));
}

/** The index of the line on which a value ends; a quoted one may run over several. */
function lastLineOf(value: string, lines: readonly string[], first: number, file: string): number {
  const quote = /^["'`]/.exec(value)?.[0];
  if (quote === undefined) {
    return first;
  }
  const hasEnd = (text: string) => text.replaceAll(`\\${quote}`, '').includes(quote);
  if (hasEnd(value.slice(1))) {
    return first;
  }
  const last = lines.findIndex((line, index) => index > first && hasEnd(line));
  if (last === -1) {
    throw wrongLine(file, first, `opens a quote (${quote}) that never ends`);
  }
  return last;
}

/** The line itself is not repeated: it may be part of a secret. */
const wrongLine = (file: string, index: number, what: string) =>
  new FailureError({
    class: 'config',
    field: `${file}:${index + 1}`,
    message: `Line ${index + 1} of ${file} ${what}.`,
    fix: 'Write NAME=value, put quotes around a value with # or spaces, and begin comments with #.',
  });

/**
 * Reads a `.env` file.
 * @returns nothing set when the file is not there and nobody asked for it by name
 * @throws FailureError when a file that was asked for cannot be read, or a line is wrong
 */
export async function readEnvFile(file: string, isAsked: boolean): Promise<EnvFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT' && !isAsked) {
      return new Map();
    }
    throw new FailureError(
      {
        class: 'config',
        field: '--env',
        message: `${file} cannot be read (${code}).`,
        fix: 'Check the path and its permissions; .env.example is a template.',
      },
      { cause },
    );
  }
  return parseEnv(text, file);
}
