/** What the Go tests of the alert rules are given: the rules written for the drills, when things happen, and a hand on the stores. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Demo } from '../../demo/demo';
import { alertDrills, DRILL } from '../../demo/scenario';
import { renderRuleFiles } from '../../scripts/alerting/rule-files';
import { experimentDefinitionSchema } from '../../src/contract/experiment';

const HOUR = 3_600_000;
const MINUTE = 60_000;

export interface AlertDrill {
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** Writes the files into a folder and opens the control of the stores on loopback. */
export async function prepareAlertDrill(demo: Demo, folder: string): Promise<AlertDrill> {
  const drills = alertDrills(demo.scenario.now);
  const rules = join(folder, 'alerting');
  mkdirSync(rules);
  const files = renderRuleFiles(
    { datasource: 'uplift', grafanaUrl: 'http://localhost:3000' },
    drills.map(({ definition }) => experimentDefinitionSchema.parse(definition)),
  );
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(rules, name), text);
  }
  const times = join(folder, 'drill.json');
  writeFileSync(times, JSON.stringify(instants(drills[0]?.start ?? 0)));
  const server = createServer((request, response) => {
    const [, name = '', action] = (request.url ?? '').split('/');
    const store = Object.values(demo.stores).find((one) => one.name === name);
    const done = action === 'stop' ? store?.stop() : store?.start();
    Promise.resolve(done).then(
      () => response.writeHead(store ? 200 : 404).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      CONFORMANCE_ALERT_RULES: rules,
      CONFORMANCE_ALERT_DRILL: times,
      CONFORMANCE_STORE_CONTROL: `http://127.0.0.1:${port}`,
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function instants(start: number): Record<string, string> {
  const at = (offset: number): string => new Date(start + offset).toISOString();
  return {
    start: at(15 * MINUTE),
    better: at(DRILL.betterUntil - HOUR),
    duringIncident: at(DRILL.incident.from + 40 * MINUTE),
    incidentOver: at(DRILL.incident.to + 5 * MINUTE),
    // An hour and a quarter: no window of a rule reaches into the incident any more.
    longAfterIncident: at(DRILL.incident.to + 75 * MINUTE),
    lossOfChallenger: at(DRILL.lossOfChallenger.to),
    worse: at(DRILL.worseUntil),
    drifted: at(DRILL.drift.to - HOUR),
    betterAgain: at(60 * HOUR),
    end: at(70 * HOUR),
  };
}
