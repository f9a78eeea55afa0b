/** The demo's traffic alone: a past into given stores, once, and live servers that a given Prometheus scrapes. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../cli/error-code';
import { renderRuleFiles } from '../../scripts/alerting/rule-files';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import { driftHistory, writeBins, writeLines, writeScoring } from '../history/influx';
import { fillMlflow } from '../history/mlflow';
import { buildMlflowRows } from '../history/mlflow-rows';
import { writeHistoryFiles } from '../history/openmetrics';
import { Simulation } from '../history/simulation';
import { buildScenario, type Scenario } from '../scenario';
import { LiveExperiment } from '../service/live-experiment';
import { beginReporting } from '../service/reporting';
import { RunLogger, ScoringWriter } from '../service/writers';
import { influxAt } from './influx';
import type { GivenStores } from './settings';

const FLUSH_SECONDS = 15;

export interface RunningTraffic {
  scenario: Scenario;
  stop(): Promise<void>;
}

/**
 * Writes fifteen days of past and the alert rules for it unless that was done before, then lets servers answer and report.
 * @param layOut which tests there are, as of an instant
 * @throws Error when a store refuses the past
 */
export async function startTraffic(
  stores: GivenStores,
  report: (line: string) => void,
  layOut: (now: number) => Scenario = buildScenario,
): Promise<RunningTraffic> {
  const influx = influxAt(stores);
  const known = await readAnchor(stores.DEMO_STATE);
  const scenario = layOut(known ?? Date.now());
  const simulations = known === null ? await writePast(scenario, stores, report) : beginAnew(scenario);
  const lives = simulations.map((simulation) => new LiveExperiment(simulation, scenario.seed));
  await Promise.all(lives.map((live) => live.listen('0.0.0.0')));
  await writeTargets(lives, stores);
  for (const live of lives) live.beginTraffic();
  const endReporting = beginReporting({
    lives,
    seed: scenario.seed,
    seconds: FLUSH_SECONDS,
    scoring: new ScoringWriter((lines) => influx.write(lines)),
    runs: new RunLogger(() => ({ connectionString: stores.DEMO_MLFLOW_URL })),
    wants: () => ({ influx: true, mlflow: true }),
  });
  if (known === null) await keepAnchor(stores.DEMO_STATE, scenario.now);
  return {
    scenario,
    async stop() {
      const reported = endReporting();
      await Promise.all(lives.map((live) => live.stop()));
      await reported;
    },
  };
}

async function writePast(
  scenario: Scenario,
  stores: GivenStores,
  report: (line: string) => void,
): Promise<Simulation[]> {
  const influx = influxAt(stores);
  const simulations = scenario.experiments.map((experiment) => new Simulation(experiment, scenario.seed));
  report('generating fifteen days of traffic …');
  for (const simulation of simulations) simulation.advanceTo(scenario.now);
  report('writing it into the stores …');
  await fillMlflow({ url: () => stores.DEMO_MLFLOW_URL }, buildMlflowRows(scenario));
  for (const simulation of simulations) {
    await writeScoring(influx, simulation.scoring);
    await writeBins(influx, simulation.bins);
    await writeLines(influx, driftHistory(simulation.experiment, scenario.seed, scenario.now));
  }
  await writeHistoryFiles(
    simulations.flatMap(({ columns }) => columns),
    stores.DEMO_HISTORY,
  );
  await mkdir(stores.DEMO_ALERTING, { recursive: true });
  const rules = renderRuleFiles(
    { datasource: 'uplift', grafanaUrl: stores.DEMO_GRAFANA_URL.replace(/\/$/, '') },
    scenario.experiments.map(({ definition }) => experimentDefinitionSchema.parse(definition)),
  );
  for (const [name, text] of Object.entries(rules)) await writeFile(join(stores.DEMO_ALERTING, name), text);
  for (const simulation of simulations) simulation.advanceTo(Date.now());
  return simulations;
}

/** After a restart servers count from zero, as servers do. */
function beginAnew(scenario: Scenario): Simulation[] {
  const now = Date.now();
  return scenario.experiments.map(
    (experiment) => new Simulation({ ...experiment, firstRequest: now }, scenario.seed + Math.floor(now / 1000)),
  );
}

/** Where Prometheus finds the servers, in the form of its file-based discovery; moved into place whole. */
async function writeTargets(lives: readonly LiveExperiment[], { DEMO_TARGETS, DEMO_HOST }: GivenStores): Promise<void> {
  const targets = lives.flatMap((live) => live.targets);
  const groups = targets.map(({ address, labels }) => ({
    targets: [`${DEMO_HOST}:${new URL(`http://${address}`).port}`],
    labels,
  }));
  await mkdir(DEMO_TARGETS, { recursive: true });
  await writeFile(join(DEMO_TARGETS, 'demo.json.new'), JSON.stringify(groups));
  await rename(join(DEMO_TARGETS, 'demo.json.new'), join(DEMO_TARGETS, 'demo.json'));
}

const anchorSchema = z.object({ now: z.number() });
const ANCHOR = 'past-written.json';

/** The instant up to which the past was written by an earlier run; null when none was. */
async function readAnchor(folder: string): Promise<number | null> {
  try {
    return anchorSchema.parse(JSON.parse(await readFile(join(folder, ANCHOR), 'utf8'))).now;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function keepAnchor(folder: string, now: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, ANCHOR), JSON.stringify({ now }));
}
