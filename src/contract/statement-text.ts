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
    // An expression inside a string, `${…}`, may hold strings of its own. Each dollar is read in one way only: with two,
    // a string that is never closed would be tried in all their combinations.
    [
      'string',
      /"(?:\\[\s\S]|\$\{(?:[^{}"]|"(?:\\[\s\S]|[^"\\])*")*\}|\$(?!\{(?:[^{}"]|"(?:\\[\s\S]|[^"\\])*")*\})|[^"\\$])*(?:"|$)/y,
    ],
    ['regex', /\/(?:\\[\s\S]|[^/\\])*(?:\/|$)/y],
  ],
  sql: [
    // PostgreSQL's comments nest: where one holds another, everything after it counts as a comment.
    ['comment', /--[^\n]*|\/\*(?:(?!\/\*)[\s\S])*?\*\/|\/\*[\s\S]*$/y],
    ['escape-string', /[eE]'(?:\\[\s\S]|''|[^'\\])*(?:'|$)/y],
    ['string', /'(?:''|[^'])*(?:'|$)/y],
    ['identifier', /"(?:""|[^"])*(?:"|$)/y],
  ],
};

/** Where each dollar quote of SQL (`$$`, `$tag$`) stands for the last time: only before that can it be opened. */
const lastDollarQuotes = (statement: string): ReadonlyMap<string, number> =>
  new Map(
    [...statement.matchAll(/\$(?=((?:[A-Za-z_]\w*)?\$))/g)].map(({ index, 1: rest = '' }) => [`$${rest}`, index]),
  );

function dollarQuoted(statement: string, at: number, last: ReadonlyMap<string, number>): string | undefined {
  if (statement[at] !== '$') {
    return undefined;
  }
  DOLLAR_QUOTE.lastIndex = at;
  const [quote] = DOLLAR_QUOTE.exec(statement) ?? [];
  const end = at + (quote?.length ?? 0);
  return quote !== undefined && (last.get(quote) ?? -1) >= end
    ? statement.slice(at, statement.indexOf(quote, end) + quote.length)
    : undefined;
}

const DOLLAR_QUOTE = /\$(?:[A-Za-z_]\w*)?\$/y;

/** The statement as pieces, in order; joined they are the statement again. */
export function splitStatement(language: Language, statement: string): Piece[] {
  const pieces: Piece[] = [];
  const dollarQuotes = language === 'sql' ? lastDollarQuotes(statement) : undefined;
  let code = '';
  let before = '';
  let at = 0;
  const flush = () => {
    if (code !== '') {
      pieces.push({ context: 'code', text: code });
      code = '';
    }
  };
  while (at < statement.length) {
    const raw = dollarQuotes && dollarQuoted(statement, at, dollarQuotes);
    const piece = raw === undefined ? pieceAt(language, statement, at, before) : { context: 'raw' as const, text: raw };
    if (piece === undefined) {
      const letter = statement[at] ?? '';
      code += letter;
      before = endOf(before + (/\s/.test(letter) ? ' ' : letter));
      at += 1;
    } else {
      flush();
      pieces.push(piece);
      before = piece.context === 'comment' ? before : endOf(before + piece.text.slice(-LONGEST_WORD));
      at += piece.text.length;
    }
  }
  flush();
  return pieces;
}

/** What comes before a slash decides what it begins; no word that matters is longer. */
const LONGEST_WORD = 16;
const endOf = (text: string): string => text.replace(/ {2}$/, ' ').slice(-LONGEST_WORD);

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

const OPERAND_END = /[\w)\]"'}] ?$/;
/** InfluxQL's and Flux's words after which a slash begins a regular expression. */
const BEFORE_REGEX = /\b(?:from|select|by|where|and|or|distinct|return) ?$/i;

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

/** Whether what looks like a block comment is never closed: then nothing tells code from comment. */
export const hasOpenComment = (statement: string): boolean =>
  statement.includes('/*', Math.max(0, statement.lastIndexOf('*/')));
