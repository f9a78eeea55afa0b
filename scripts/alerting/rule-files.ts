/** The provisioned files: one an experiment, one for the stores. */
import { dump } from 'js-yaml';
import type { ExperimentDefinition } from '../../src/contract/experiment';
import { decisionRules } from './decision-rules';
import type { AlertRule, RuleFile, RuleGroup } from './file-format';
import { driftRule, sourceRule } from './monitoring-rules';
import { REGRESSION_WINDOWS, regressionRule } from './regression-rules';
import { unexpanded, type RuleSettings } from './rule';
import { subjectOf } from './subject';

const FOLDER = 'Uplift';

const group = (name: string, seconds: number, rules: AlertRule[]): RuleGroup => ({
  orgId: 1,
  name: unexpanded(name),
  folder: FOLDER,
  interval: `${seconds}s`,
  rules,
});

/** Every rule of one experiment. @throws Error when its definition lacks what rules carry */
export function experimentRules(settings: RuleSettings, definition: ExperimentDefinition): RuleFile {
  const subject = subjectOf(definition);
  const { id } = subject;
  const regressions = REGRESSION_WINDOWS.flatMap((window) => {
    const rule = regressionRule(settings, subject, window);
    return rule ? [group(`Uplift ${window.kind}: ${id}`, window.intervalSeconds, [rule])] : [];
  });
  return {
    apiVersion: 1,
    groups: [
      group(`Uplift decisions: ${id}`, 300, decisionRules(settings, subject)),
      ...regressions,
      group(`Uplift drift: ${id}`, 300, [driftRule(settings, subject)]),
    ],
  };
}

/** The rule about the stores; it is about no experiment, so it is never paused as an example. */
export const sourceRules = (settings: RuleSettings): RuleFile => ({
  apiVersion: 1,
  groups: [group('Uplift sources', 60, [sourceRule({ ...settings, isPaused: false })])],
});

const HEADER =
  '# Written by `npm run alert-rules` from provisioning/experiments: change the definition, or scripts/alerting, and run it again.\n' +
  '# What each rule means, how often it may be wrong and what to do: docs/alerts.md.\n';

const PAUSED =
  '# Paused, because it tests the example in provisioning/experiments by its dates and split. Put your own definition there and\n' +
  '# run the command: rules of your own are not paused.\n';

/** File name → text, for a folder that Grafana provisions. */
export function renderRuleFiles(
  settings: RuleSettings,
  definitions: readonly ExperimentDefinition[],
): Record<string, string> {
  const render = (file: RuleFile, header: string): string => header + dump(file, { lineWidth: 120 });
  const header = settings.isPaused === true ? HEADER + PAUSED : HEADER;
  return {
    'sources.yaml': render(sourceRules(settings), HEADER),
    ...Object.fromEntries(
      definitions.map((definition) => [`${definition.id}.yaml`, render(experimentRules(settings, definition), header)]),
    ),
  };
}
