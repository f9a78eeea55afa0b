/**
 * The pieces of a statement in a store's language: code, and what stands in quotes, in a regular expression or in a
 * comment. Whoever puts a value or a macro into a statement must know which of them it lands in.
 */
export type Language = 'promql' | 'influxql' | 'flux' | 'sql';

/**
 * `escape-string`: SQL's `E'…'`, in which a backslash escapes. `raw`: PromQL's backticks and SQL's dollar quotes, in which
 * nothing does.
 */
export type Context = 'code' | 'string' | 'escape-string' | 'identifier' | 'regex' | 'raw' | 'comment';

export interface Piece {
  context: Context;
  /** With its quotes. */
  text: string;
}

type Rule = [context: Context, pattern: RegExp];

/** Sticky patterns, tried in order. What is never closed runs to the end, as it does for the server's parser. */
const RULES: Record<Language, readonly Rule[]> = {
  promql: [
    ['comment', /#[^\n]*/y],
    ['string', /"(?:\\[\s\S]|[^"\\])*(?:"|$)|'(?:\\[\s\S]|[^'\\])*(?:'|$)/y],
    ['raw', /`[^`]*(?:`|$)/y],
  ],
  influxql: [
    ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
    ['string', /'(?:\\[\s\S]|[^'\\])*(?:'|$)/y],
    ['identifier', /"(?:\\[\s\S]|[^"\\])*(?:"|$)/y],
    ['regex', /\/(?:\\[\s\S]|[^/\\])*(?:\/|$)/y],
  ],
  flux: [
    ['comment', /\/\/[^\n]*/y],
    // An expression inside a string, `${…}`, may hold strings of its own.
    ['string', /"(?:\\[\s\S]|\$\{(?:[^{}"]|"(?:\\[\s\S]|[^"\\])*")*\}|[^"\\])*(?:"|$)/y],
    ['regex', /\/(?:\\[\s\S]|[^/\\])*(?:\/|$)/y],
  ],
  sql: [
    // PostgreSQL's comments nest: where one holds another, everything after it counts as a comment.
    ['comment', /--[^\n]*|\/\*(?:(?!\/\*)[\s\S])*?\*\/|\/\*[\s\S]*$/y],
    ['escape-string', /[eE]'(?:\\[\s\S]|''|[^'\\])*(?:'|$)/y],
    ['string', /'(?:''|[^'])*(?:'|$)/y],
    ['identifier', /"(?:""|[^"])*(?:"|$)/y],
    ['raw', /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/y],
  ],
};

/** The statement as pieces, in order; joined they are the statement again. */
export function splitStatement(language: Language, statement: string): Piece[] {
  const pieces: Piece[] = [];
  let code = '';
  let at = 0;
  const flush = () => {
    if (code !== '') {
      pieces.push({ context: 'code', text: code });
      code = '';
    }
  };
  while (at < statement.length) {
    const piece = pieceAt(language, statement, at, code === '' ? (pieces.at(-1)?.text ?? '') : code);
    if (piece === undefined) {
      code += statement[at] ?? '';
      at += 1;
    } else {
      flush();
      pieces.push(piece);
      at += piece.text.length;
    }
  }
  flush();
  return pieces;
}

function pieceAt(language: Language, statement: string, at: number, before: string): Piece | undefined {
  for (const [context, pattern] of RULES[language]) {
    pattern.lastIndex = at;
    const text = pattern.exec(statement)?.[0];
    if (text !== undefined && mayBegin(context, before)) {
      return { context, text };
    }
  }
  return undefined;
}

const OPERAND_END = /[\w)\]"'}]\s*$/;
/** InfluxQL's and Flux's words after which a slash begins a regular expression. */
const BEFORE_REGEX = /\b(?:from|select|by|where|and|or|distinct|return)\s*$/i;

/** A slash after an operand divides; an `e` inside a word opens no string. */
function mayBegin(context: Context, before: string): boolean {
  switch (context) {
    case 'regex':
      return !OPERAND_END.test(before) || BEFORE_REGEX.test(before);
    case 'escape-string':
      return !/\w$/.test(before);
    case 'code':
    case 'string':
    case 'identifier':
    case 'raw':
    case 'comment':
      return true;
  }
}

/** The statement with everything but code hidden behind underscores, quotes kept: of the same length, to search in. */
export function maskStatement(language: Language, statement: string): string {
  return splitStatement(language, statement)
    .map(({ context, text }) => {
      switch (context) {
        case 'code':
          return text;
        case 'comment':
          return ' '.repeat(text.length);
        case 'string':
        case 'escape-string':
        case 'identifier':
        case 'regex':
        case 'raw':
          return text.replace(/[^'"/`]/g, '_');
      }
    })
    .join('');
}
