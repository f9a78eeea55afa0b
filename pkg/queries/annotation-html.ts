/** Text for Grafana's annotations, which are HTML: what stores hold is escaped, and only http(s) links are made. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** A link that leaves the dashboard alone. */
export const linkTo = (url: string, words: string): string =>
  `<a href="${escapeHtml(url)}" target="_blank" rel="noreferrer">${escapeHtml(words)}</a>`;
