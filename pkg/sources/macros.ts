/** Grafana's variables in a statement (`$__interval`, `$timeFilter`), put in where they are code and nowhere else. */
import { FailureError } from '../../src/contract/failure';
import { maskStatement, type Language } from '../../src/contract/statement-text';
import type { SourceName } from '../../src/calc/provenance';

/** What stands for a macro; `args` is the text between its parentheses, split at commas. */
export type Macro = (args: readonly string[]) => string;
export type Macros = Readonly<Record<string, Macro>>;

const CALL = /\$(?:\{(\w+)\}|(\w+))(?:\(([^()]*)\))?/g;

/**
 * The statement with its macros put in. What is quoted or commented stays as it is: a value may look like a macro, and
 * one that brings quotes of its own would end the quotes around it.
 *
 * @throws FailureError class `query` for a `$__name` that is none of the macros
 */
export function expandMacros(
  { language, source, field }: { language: Language; source: SourceName; field: string },
  statement: string,
  macros: Macros,
): string {
  const masked = maskStatement(language, statement);
  let expanded = '';
  let end = 0;
  for (const match of masked.matchAll(CALL)) {
    const [whole, braced, bare, args] = match;
    const name = braced ?? bare ?? '';
    const macro = Object.hasOwn(macros, name) ? macros[name] : undefined;
    if (macro === undefined) {
      if (name.startsWith('__')) {
        throw unknownMacro(name, macros, source, field);
      }
      continue;
    }
    const from = match.index;
    // The arguments as they were written: in `masked` their quotes are empty.
    const written =
      args === undefined
        ? []
        : splitAt(statement.slice(from + whole.length - 1 - args.length, from + whole.length - 1));
    expanded += statement.slice(end, from) + macro(written);
    end = from + whole.length;
  }
  return expanded + statement.slice(end);
}

const splitAt = (args: string): string[] =>
  args
    .split(',')
    .map((arg) => arg.trim())
    .filter((arg) => arg !== '');

function unknownMacro(name: string, macros: Macros, source: SourceName, field: string): FailureError {
  const known = Object.keys(macros).map((one) => `$${one}`);
  return new FailureError({
    class: 'query',
    source,
    field,
    message: `“$${name}” is not a macro of this language.`,
    fix: known.length > 0 ? `Use one of: ${known.join(', ')}.` : 'Leave it out.',
  });
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The width of a time group, in ms: `$__interval` is the step, `5m` and `'5m'` are themselves. @throws FailureError */
export function readGroupWidth(width: string | undefined, stepMs: number, source: SourceName, field: string): number {
  const text = (width ?? '$__interval').replace(/^'(.*)'$/, '$1');
  if (text === '$__interval') {
    return stepMs;
  }
  const [, magnitude, unit] = /^(\d+)(ms|s|m|h|d|w)$/.exec(text) ?? [];
  const widthMs = Number(magnitude) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  if (!(widthMs > 0)) {
    throw new FailureError({
      class: 'query',
      source,
      field,
      message: `“${text}” is not the width of a time group.`,
      fix: 'Write $__interval, or a width such as 5m.',
    });
  }
  return widthMs;
}

/** A column's name as a macro takes it: words and quoted identifiers with dots between. @throws FailureError */
export function readColumn(column: string | undefined, macro: string, source: SourceName, field: string): string {
  if (column !== undefined && /^(?:\w+|"(?:""|[^"])+")(?:\.(?:\w+|"(?:""|[^"])+"))*$/.test(column)) {
    return column;
  }
  throw new FailureError({
    class: 'query',
    source,
    field,
    message: `$${macro} takes a column’s name first.`,
    fix: `Write $${macro}(start_time${macro === '__timeGroup' ? ', $__interval' : ''}).`,
  });
}
