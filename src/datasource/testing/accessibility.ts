/** axe over what a test has drawn. Colours are looked at in a real browser: jsdom draws none. */
import axe from 'axe-core';

/** What axe finds wrong, a line each. */
export async function findViolations(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
