/**
 * Values for a Flux script, as the option `v` of an abstract syntax tree sent beside it: InfluxDB's open source servers
 * have no parameters, and a value must never become part of the text.
 */
export type ExternValue =
  { kind: 'string'; value: string } | { kind: 'time'; ms: number } | { kind: 'duration'; ms: number };

/** `option v = {name: value, …}`. */
export function externOf(values: Readonly<Record<string, ExternValue>>): Record<string, unknown> {
  const properties = Object.entries(values).map(([name, value]) => ({
    type: 'Property',
    key: { type: 'Identifier', name },
    value: literal(value),
  }));
  const init = { type: 'ObjectExpression', properties };
  const assignment = { type: 'VariableAssignment', id: { type: 'Identifier', name: 'v' }, init };
  return { type: 'File', package: null, imports: null, body: [{ type: 'OptionStatement', assignment }] };
}

function literal(value: ExternValue): Record<string, unknown> {
  switch (value.kind) {
    case 'string':
      return { type: 'StringLiteral', value: value.value };
    case 'time':
      return { type: 'DateTimeLiteral', value: new Date(value.ms).toISOString() };
    case 'duration':
      return { type: 'DurationLiteral', values: [{ magnitude: Math.round(value.ms), unit: 'ms' }] };
  }
}

/** A Flux string literal. Only for names of columns, which the language takes no other way; values are bound. */
export function quoteFlux(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    // `${` would begin an expression inside the string.
    .replace(/\$\{/g, '\\${');
  return `"${escaped}"`;
}
