/** References to dashboard variables in a query: what is left of them where it is answered was never expanded. */
import { splitStatement, type Language, type Piece } from './statement-text';

/** `$name`, `[[name]]`, `${name}` and `${name:format}`, as Grafana reads them; `\$` is a dollar sign. */
const REFERENCE = /(?<!\\)(?:\$(\w+)|\[\[(\w+)(?::\w+)?\]\]|\$\{(\w+)(?:\.[^:}$]+)?(?::[^}$]+)?\})/g;

/** Variables that a store's raw language knows under names of its own. */
const OWN_NAMES: Record<Language, ReadonlySet<string>> = {
  promql: new Set(),
  influxql: new Set(['timeFilter', 'interval']),
  flux: new Set(),
  sql: new Set(['timeFilter']),
};

/** Names referred to in a text, each once; Grafana's own (`$__interval`) and places (`$1`) are not variables. */
export function findReferences(text: string): string[] {
  const names = [...text.matchAll(REFERENCE)].map(([, bare, bracketed, braced]) => bare ?? bracketed ?? braced ?? '');
  return [...new Set(names)].filter((name) => !name.startsWith('__') && !/^\d/.test(name));
}

/** Names of dashboard variables referred to in a statement, without what means something else in its language. */
export function findStatementReferences(language: Language, statement: string): string[] {
  const text = splitStatement(language, statement)
    .map((piece) => (isRead(language, piece) ? piece.text : ' '))
    .join('');
  return findReferences(text).filter((name) => !OWN_NAMES[language].has(name) && !isOfLanguage(language, text, name));
}

/** Between SQL's dollar quotes a dollar is no variable, and a comment is nothing to anybody. */
const isRead = (language: Language, { context }: Piece): boolean =>
  context !== 'comment' && !(language === 'sql' && context === 'raw');

function isOfLanguage(language: Language, text: string, name: string): boolean {
  switch (language) {
    case 'promql':
      // label_replace may refer to a named group.
      return text.includes(`(?P<${name}>`);
    case 'flux':
      // `${host}` in a string may be a name of the script itself.
      return new RegExp(`\\b${name}\\s*=(?!=)|\\(\\s*${name}\\s*\\)\\s*=>`).test(text);
    case 'influxql':
    case 'sql':
      return false;
  }
}
