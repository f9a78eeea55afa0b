/** Markdown from parts. Names and messages come from stores and are never markup: they are escaped. */

const MARKUP = /[\\`*_{}[\]<>#|~&]/g;

/** Text that shows as it is, on one line, wherever in Markdown it stands. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(MARKUP, (mark) => `\\${mark}`)
    .replace(/^(\s*)([-+]|\d+(?=[.)]))/, '$1\\$2');
}

export interface MarkdownColumn {
  title: string;
  align?: 'right';
}

/** A table; cells are Markdown already. */
export function markdownTable(columns: readonly MarkdownColumn[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

export const bulletList = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
