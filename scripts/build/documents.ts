/**
 * The bundle's documents as Grafana can show them: pages for what panels and alert rules link to, because a browser shows
 * Markdown raw, and a README that leads nowhere outside the archive.
 */
import { lexer, Marked } from 'marked';

/** Documents of `docs/` that are pages in the bundle; links between these keep working. */
export const PAGES = ['statistics', 'alerts'] as const;

const LINK_TO_PAGE = new RegExp(`^(${PAGES.join('|')})\\.md(#.*)?$`);
const LEADS_ANYWHERE = /^(#|https?:\/\/)/;

/** What a link reads in a page of the bundle; null where it would lead out of it. */
function hrefInBundle(href: string): string | null {
  if (LEADS_ANYWHERE.test(href)) {
    return href;
  }
  return LINK_TO_PAGE.test(href) ? href.replace(LINK_TO_PAGE, '$1.html$2') : null;
}

/** A heading's anchor as GitHub makes it, so that one link serves both. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** Names a heading after its words; the second of the same name gets `-1`. */
function slugger(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const slug = slugOf(heading);
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  };
}

const STYLE = `
:root { color-scheme: light dark; --text: #24292e; --muted: #5a626b; --ground: #fff; --line: #d5d9de; --code: #f2f4f6; --link: #1456c5; }
@media (prefers-color-scheme: dark) {
  :root { --text: #d3d5da; --muted: #9fa3ab; --ground: #111217; --line: #34373f; --code: #1f2127; --link: #7aa8ff; }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.6 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.25rem 6rem; }
h1, h2, h3 { line-height: 1.25; margin: 2em 0 0.5em; scroll-margin-top: 1rem; }
h1 { margin-top: 0.5em; }
:target { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 2px; }
a { color: var(--link); }
code { font: 0.9em ui-monospace, monospace; background: var(--code); padding: 0.1em 0.3em; border-radius: 3px; }
h3 code { font-size: 1em; font-weight: 600; }
pre { background: var(--code); padding: 0.75rem 1rem; border-radius: 4px; overflow-x: auto; }
pre code { padding: 0; background: none; }
table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; font-size: 0.93em; }
th, td { padding: 0.35em 0.75em; border: 1px solid var(--line); text-align: left; vertical-align: top; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid var(--line); color: var(--muted); }
`.trim();

/** One document as a page that needs nothing else; what it links to outside the bundle becomes plain text. */
export function pageOf(markdown: string): string {
  const nameHeading = slugger();
  let title = '';
  const body = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        const words = this.parser.parseInline(tokens, this.parser.textRenderer);
        title ||= words;
        return `<h${depth} id="${nameHeading(words)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const target = hrefInBundle(href);
        return target === null ? words : `<a href="${target}">${words}</a>`;
      },
    },
  }).parse(markdown, { async: false });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – Uplift</title>
<style>
${STYLE}
</style>
</head>
<body>
<main>
${body.trimEnd()}
</main>
</body>
</html>
`;
}

const PICTURE_ALONE = /^!\[[^\]]*\]\([^)]*\)\s*$/;
const LINK = /\[([^\]]+)\]\(([^)]+)\)/g;

/** README as Grafana shows it on the plugin's page: without its picture, and with the words of links into the repository. */
export function readmeOf(markdown: string): string {
  return lexer(markdown)
    .filter(({ raw, type }, index, all) => {
      const isGapBehindPicture = type === 'space' && PICTURE_ALONE.test(all[index - 1]?.raw ?? '');
      return !PICTURE_ALONE.test(raw) && !isGapBehindPicture;
    })
    .map(({ type, raw }) =>
      type === 'code'
        ? raw
        : raw.replace(LINK, (link, words: string, href: string) => (LEADS_ANYWHERE.test(href) ? link : words)),
    )
    .join('');
}
