/** Building PromQL without ever pasting a name or value unescaped. */
import { FailureError } from '../../../src/contract/failure';

export interface Matcher {
  label: string;
  op: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** The place of the matchers in a mapping's selector. */
const PLACE = '%m';

/** A double-quoted PromQL string. */
export function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

/** A label name as PromQL takes it; Prometheus 3 reads other than the classic names in quotes. */
export function labelName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : quote(name);
}

/** A regular expression that matches exactly these texts (RE2, anchored by Prometheus). */
export function anyOf(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')).join('|');
}

/** `label` is one of `values`. */
export function isOneOf(label: string, values: readonly string[]): Matcher {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? { label, op: '=', value: only }
    : { label, op: '=~', value: anyOf(values) };
}

/**
 * A mapping's selector with the matchers in place.
 *
 * @throws FailureError class `config` when the selector has no `%m`: it would silently count every experiment together
 */
export function fillSelector(selector: string, matchers: readonly Matcher[]): string {
  if (!selector.includes(PLACE)) {
    throw new FailureError({
      class: 'config',
      source: 'prometheus',
      field: 'mapping.prometheus',
      message: `The selector ${selector} has no place for the matchers.`,
      fix: 'Write %m where the matchers belong, e.g. my_requests_total{%m}.',
    });
  }
  const text = matchers.map(({ label, op, value }) => `${labelName(label)}${op}${quote(value)}`).join(',');
  // A function, because `$&` and the like in a label's value would be read as a pattern.
  return selector.replaceAll(PLACE, () => text);
}

export function grouping(labels: readonly string[]): string {
  return `by (${labels.map(labelName).join(', ')})`;
}

/** A duration in PromQL, exact to the millisecond. */
export function duration(ms: number): string {
  return ms % 1000 === 0 ? `${String(ms / 1000)}s` : `${String(Math.round(ms))}ms`;
}

/** Labels that a selector's own matchers look at, without the place of ours. */
export function labelsMatched(selector: string): string[] {
  return [...selector.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)\s*"/g)].map((match) => match[1] ?? '');
}
