import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGES, pageOf, readmeOf } from './documents';

const project = path.resolve(__dirname, '../..');
const read = (name: string): string => readFileSync(path.join(project, name), 'utf8');
const idsIn = (page: string): string[] => [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

describe('a page of the bundle', () => {
  it('names headings as GitHub does', () => {
    const page = pageOf(
      '# A\n\n## Is the test itself *sound*?\n\n### `regression-15m`\n\n## Power & progress\n\n## A\n',
    );
    expect(idsIn(page)).toEqual(['a', 'is-the-test-itself-sound', 'regression-15m', 'power--progress', 'a-1']);
    expect(page).toContain('<title>A – Uplift</title>');
  });

  it('links to itself, to its neighbour and to the web, and to nothing else', () => {
    const page = pageOf(
      '[one](#a) [two](alerts.md#wins) [three](https://grafana.com) [four](../README.md) [five](x.md)',
    );
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      '#a',
      'alerts.html#wins',
      'https://grafana.com',
    ]);
    expect(page).toContain('four five');
  });

  it.each(PAGES)('of %s has each place it links to, and no script', (name) => {
    const page = pageOf(read(`docs/${name}.md`));
    const ids = idsIn(page);
    const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(targets.filter((id = '') => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('.md');
  });

  it('has the places that panels link to', () => {
    expect(idsIn(pageOf(read('docs/statistics.md')))).toEqual(
      expect.arrayContaining(['in-one-minute', 'comparison', 'guardrails']),
    );
  });
});

describe('README on the plugin’s page', () => {
  it('has no picture, and no link but to the web', () => {
    const readme = readmeOf(read('README.md'));
    expect(readme).not.toContain('![');
    expect(readme).not.toMatch(/\]\((?!https?:)/);
    expect(readme).toContain('[plugins]');
  });

  it('keeps everything else as it is written', () => {
    const code = '```sh\necho "[a](b)"\n```\n';
    expect(readmeOf(`# A\n\n![picture](a.png)\n\nSee [here](docs/b.md)\nand [there](https://c.d).\n\n${code}`)).toBe(
      `# A\n\nSee here\nand [there](https://c.d).\n\n${code}`,
    );
  });
});
