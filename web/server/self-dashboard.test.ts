/** `provisioning/dashboards/uplift-self.json` asks for what the page and its backend really export. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { metricsText } from '../../pkg/metrics';
import { PageMetrics } from './metrics';

const OUR_PANELS = ['modelops-uplift-trend-panel', 'modelops-uplift-comparison-panel', 'modelops-uplift-impact-panel'];

const { panels } = z
  .object({
    panels: z.array(
      z.looseObject({
        id: z.number(),
        type: z.string(),
        title: z.string(),
        description: z.string().min(20),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        datasource: z.object({ uid: z.literal('${datasource}') }),
        targets: z.array(z.looseObject({ queryType: z.literal('prometheus'), expr: z.string() })).min(1),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(path.join(__dirname, '../../provisioning/dashboards/uplift-self.json'), 'utf8')));

/** Names of metrics, as they are declared. */
async function declared(): Promise<Map<string, string>> {
  const text = `${await metricsText()}\n${await new PageMetrics().text()}`;
  return new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
}

test.each(panels.map((panel) => [panel.title, panel] as const))(
  '%s: of ours, and every metric is exported',
  async (_, panel) => {
    expect(OUR_PANELS).toContain(panel.type);
    const metrics = await declared();
    for (const { expr } of panel.targets) {
      const names = [...expr.matchAll(/\buplift_\w+/g)].map(([name]) => name);
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        const base = name.replace(/_bucket$/, '');
        expect([name, metrics.get(base)]).toEqual([
          name,
          base === name ? expect.stringMatching(/counter|gauge/) : 'histogram',
        ]);
      }
    }
  },
);

test('no panel lies over another', () => {
  for (const { gridPos: a, id } of panels) {
    const over = panels.filter(
      ({ gridPos: b, id: other }) =>
        other !== id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h,
    );
    expect(over).toEqual([]);
  }
});
