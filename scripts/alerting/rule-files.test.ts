import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import { querySchema } from '../../src/contract/query';
import { readDefinitions } from '../../cli/experiments/definitions';
import { looksPerMonth, pagingLevel } from './budget';
import type { AlertRule, RuleFile } from './file-format';
import { EXPRESSIONS } from './file-format';
import { ruleUid } from './rule';
import { experimentRules, renderRuleFiles, sourceRules } from './rule-files';
import { subjectOf } from './subject';

const project = path.resolve(__dirname, '../..');
const settings = { datasource: 'uplift', grafanaUrl: 'http://localhost:3000' };

const definition = experimentDefinitionSchema.parse({
  id: 'checkout',
  name: 'Checkout {{ $HOME }}',
  control: 'a',
  variants: [{ name: 'a' }, { name: 'b' }, { name: 'c', role: 'shadow' }],
  start: '2026-09-01T09:00:00+00:00',
  split: { a: 50, b: 50 },
  assignment: 'request',
  metrics: [
    { id: 'accuracy', role: 'goal' },
    { id: 'error_rate', role: 'guardrail', margin: 0.002 },
    { id: 'latency_mean_ms', role: 'guardrail', margin: 5 },
  ],
});

const rulesOf = ({ groups }: RuleFile): AlertRule[] => groups.flatMap(({ rules }) => rules);
const rules = [...rulesOf(experimentRules(settings, definition)), ...rulesOf(sourceRules(settings))];

it('the provisioned files are what the definitions beside them give', async () => {
  const files = await readDefinitions([path.join(project, 'provisioning/experiments')], true);
  const rendered = renderRuleFiles(
    { ...settings, isPaused: true },
    files.flatMap(({ definitions }) => definitions),
  );
  const folder = path.join(project, 'provisioning/alerting');
  const committed = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(Object.fromEntries(committed.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))).toEqual(
    rendered,
  );
});

it('rules of examples are paused, the one about the stores is not: dates of an example must page nobody', () => {
  const paused = { ...settings, isPaused: true };
  expect(rulesOf(experimentRules(paused, definition)).map(({ isPaused }) => isPaused)).not.toContain(false);
  expect(rulesOf(sourceRules(paused)).map(({ isPaused }) => isPaused)).toEqual([false]);
  expect(rules.map(({ isPaused }) => isPaused)).not.toContain(true);
});

it('there is a rule for each question', () => {
  expect(rules.map(({ uid }) => uid)).toEqual([
    'uplift-wins-checkout',
    'uplift-loses-checkout',
    'uplift-guardrail-checkout',
    'uplift-srm-checkout',
    'uplift-regression-15m-checkout',
    'uplift-regression-1h-checkout',
    'uplift-drift-checkout',
    'uplift-source-all',
  ]);
});

describe.each(rules.map((rule) => [rule.uid, rule] as const))('%s', (_, rule) => {
  const queries = rule.data.filter(({ datasourceUid }) => datasourceUid !== EXPRESSIONS);

  it('asks what the data source answers, with numbers', () => {
    expect(queries.length).toBeGreaterThan(0);
    for (const { model } of queries) {
      expect(querySchema.parse(model)).toMatchObject({ format: 'numeric' });
    }
  });

  it('carries control, variants, split and start itself, so that no store can change what is tested', () => {
    for (const { model } of queries.filter(({ queryType }) => queryType !== 'status')) {
      expect(model).toMatchObject({
        definition: { control: 'a', start: definition.start, split: definition.split, variants: definition.variants },
      });
    }
  });

  it('fires by a threshold on its first query and names what it means, in words with numbers', () => {
    expect(rule.data.find(({ refId }) => refId === rule.condition)?.model).toMatchObject({
      type: 'threshold',
      expression: 'A',
    });
    expect(rule.annotations['summary']).toMatch(/\$values\.[AB]/);
    expect(Object.keys(rule.annotations)).toEqual(
      expect.arrayContaining(['summary', 'description', 'false_alarms', 'runbook_url']),
    );
  });

  it('says how long, what without data, what on an error, how grave', () => {
    expect(rule.for).toMatch(/^\d+m$/);
    expect(rule.noDataState).toMatch(/^(NoData|Alerting|KeepLast)$/);
    expect(rule.execErrState).toMatch(/^(Alerting|KeepLast)$/);
    expect(rule.labels['severity']).toMatch(/^(info|warning|critical)$/);
  });

  it('links to its runbook and to a panel that exists', () => {
    const { runbook_url: runbook = '', __dashboardUid__: uid, __panelId__: panel } = rule.annotations;
    expect([uid, panel]).toEqual([rule.dashboardUid, String(rule.panelId)]);
    const dashboards = readdirSync(path.join(project, 'provisioning/dashboards'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(path.join(project, 'provisioning/dashboards', name), 'utf8'))
      .map((text) => JSON.parse(text) as { uid: string; panels: Array<{ id: number }> });
    const panels = dashboards.find((dashboard) => dashboard.uid === uid)?.panels.map(({ id }) => id);
    expect(panels).toContain(rule.panelId);
    expect(runbook).toContain('/docs/alerts.html#');
    const headings = [...readFileSync(path.join(project, 'docs/alerts.md'), 'utf8').matchAll(/^### `(.+)`$/gm)];
    expect(headings.map(([, heading]) => heading)).toContain(runbook.split('#')[1]);
  });
});

describe('what an owner wrote', () => {
  it('is neither expanded from the environment nor run as a template', () => {
    const [rule] = rules;
    expect(rule?.title).toBe('Checkout {{ $$HOME }}: a variant wins');
    expect(rule?.annotations['summary']).toContain('“Checkout {{ "{{" }} $HOME }}”');
  });

  it('leaves out rules that it gives no ground for', () => {
    const plain = { ...definition, assignment: 'user' as const, metrics: [{ id: 'accuracy', role: 'goal' as const }] };
    const kinds = rulesOf(experimentRules(settings, plain)).map(({ uid }) => uid);
    expect(kinds).toEqual([
      'uplift-wins-checkout',
      'uplift-loses-checkout',
      'uplift-regression-1h-checkout',
      'uplift-drift-checkout',
    ]);
  });

  it('is refused when a rule would have to take control or start from a store', () => {
    expect(() => subjectOf({ ...definition, control: undefined, start: undefined })).toThrow('lacks control, start');
  });
});

it.each([
  ['guardrail', 'short', 'uplift-guardrail-short'],
  ['regression-15m', 'x'.repeat(60), /^uplift-regression-15m-x+-[0-9a-f]{8}$/],
  ['drift', 'über name', /^uplift-drift--ber-name-[0-9a-f]{8}$/],
])('uid of %s, %s', (kind, experiment, expected) => {
  const uid = ruleUid(kind, experiment);
  expect(uid).toMatch(expected);
  expect(uid.length).toBeLessThanOrEqual(40);
});

it.each([
  [0.1, 60, 2, 1.1e-6],
  [0.1, 300, 3, 3.8e-6],
  [1, 60, 1, 2.3e-5],
])('%d false pages a month, a look every %d s at %d comparisons: p below %d', (pages, seconds, comparisons, level) => {
  const p = pagingLevel({ pagesPerMonth: pages, intervalSeconds: seconds, comparisons });
  expect(p).toBe(level);
  expect(p * looksPerMonth(seconds) * comparisons).toBeLessThanOrEqual(pages);
});

it('Grafana reads the files as YAML', () => {
  for (const text of Object.values(renderRuleFiles(settings, [definition]))) {
    expect(load(text)).toMatchObject({ apiVersion: 1 });
  }
});
