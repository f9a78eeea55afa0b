import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import { definitionTags } from '../history/mlflow-rows';
import { buildMlflowRows } from '../history/mlflow-rows';
import { Simulation } from '../history/simulation';
import { buildScenario, findSeeded, findVariant, trueAccuracy, trueLatencyMean, trueLatencyP95 } from '.';
import { PROJECT } from '../stores/project';
import { requestsOf, type Tally } from '../telemetry/tally';
import { expectedPerMinute } from '../traffic/arrivals';
import { configuredShare } from '../traffic/configured';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 8, 16, 10, 30);
const scenario = buildScenario(NOW);

function liveThrough(id: string, until = NOW, seed = scenario.seed): Simulation {
  const simulation = new Simulation(findSeeded(scenario, id), seed);
  simulation.advanceTo(until);
  return simulation;
}

const sum = (tallies: Tally[], read: (tally: Tally) => number): number =>
  tallies.reduce((total, tally) => total + read(tally), 0);

const ofVariant = (simulation: Simulation, variant: string): Tally[] =>
  simulation.tallies.filter((tally) => tally.variant.name === variant);

const regionSum = (tally: Tally, field: 'success' | 'error' | 'labelled' | 'correct'): number =>
  [...tally.regions.values()].reduce((total, counts) => total + counts[field], 0);

describe('the scenario', () => {
  it.each(scenario.experiments.map((experiment) => [experiment.id, experiment] as const))(
    'defines %s in the words of the contract, and tags that parse back to it',
    (_id, experiment) => {
      const definition = experimentDefinitionSchema.parse(experiment.definition);
      expect(definition.variants.map(({ name }) => name)).toEqual(experiment.variants.map(({ name }) => name));
      expect(JSON.parse(definitionTags(experiment)['uplift.variants'] ?? '')).toEqual(experiment.definition.variants);
    },
  );

  it('has the truth the pictures show', () => {
    const main = findSeeded(scenario, 'checkout-ranking');
    const [control, treatment] = [findVariant(main, 'baseline').truth, findVariant(main, 'enhanced').truth];
    expect(trueAccuracy(main, 'baseline')).toBeCloseTo(0.782, 4);
    expect(trueAccuracy(main, 'enhanced')).toBeCloseTo(0.818, 4);
    expect(trueLatencyMean(control)).toBeCloseTo(45, 0);
    expect(trueLatencyMean(treatment)).toBeCloseTo(53, 0);
    expect(trueLatencyP95(control)).toBeCloseTo(84, 0);
    expect(trueLatencyP95(treatment)).toBeCloseTo(112, 0);
    expect(treatment.accuracy['EU']).toBeLessThan(control.accuracy['EU'] ?? 0);
  });

  it('starts the main test on a whole UTC day, fifteen days before', () => {
    const { start } = findSeeded(scenario, 'checkout-ranking');
    expect(start % DAY).toBe(0);
    expect(NOW - start).toBeGreaterThanOrEqual(15 * DAY);
    expect(NOW - start).toBeLessThan(16 * DAY);
  });

  it('expects over a week as many requests a day as it says', () => {
    const main = findSeeded(scenario, 'checkout-ranking');
    let expected = 0;
    for (let minute = 0; minute < 7 * 1440; minute++) expected += expectedPerMinute(main, NOW + minute * 60_000);
    expect(expected / 7).toBeCloseTo(main.requestsPerDay, -2);
  });

  it('sets the router to what is written down, also where the traffic goes another way', () => {
    const search = findSeeded(scenario, 'search-rerank');
    expect(configuredShare(search, 'reranker', NOW)).toBe(0.5);
    expect(search.phases.at(-1)?.shares['reranker']).toBe(0.35);
    const main = findSeeded(scenario, 'checkout-ranking');
    expect(configuredShare(main, 'enhanced', main.start - HOUR)).toBe(0);
    expect(configuredShare(main, 'enhanced', main.start + HOUR)).toBeCloseTo(0.1);
    expect(configuredShare(main, 'enhanced', NOW)).toBeCloseTo(0.3);
  });
});

describe('the simulated past', () => {
  const main = liveThrough('checkout-ranking');

  it('is the same for the same seed, and another for another', () => {
    const numbers = (simulation: Simulation): number[] => simulation.columns.map(({ values }) => values.at(-1) ?? -1);
    const until = NOW - 46 * HOUR;
    expect(numbers(liveThrough('fraud-threshold', until))).toEqual(numbers(liveThrough('fraud-threshold', until)));
    expect(numbers(liveThrough('fraud-threshold', until, 1))).not.toEqual(
      numbers(liveThrough('fraud-threshold', until)),
    );
  });

  it.each([
    ['baseline', 0.782, 0.0119],
    ['enhanced', 0.818, 0.0114],
  ])('gives %s the accuracy and error rate of its truth within four standard errors', (variant, accuracy, errors) => {
    const tallies = ofVariant(main, variant);
    const labelled = sum(tallies, (tally) => regionSum(tally, 'labelled'));
    const requests = sum(tallies, requestsOf);
    const measured = sum(tallies, (tally) => regionSum(tally, 'correct')) / labelled;
    expect(Math.abs(measured - accuracy)).toBeLessThan(4 * Math.sqrt((accuracy * (1 - accuracy)) / labelled));
    const failed = sum(tallies, (tally) => regionSum(tally, 'error')) / requests;
    expect(Math.abs(failed - errors)).toBeLessThan(4 * Math.sqrt((errors * (1 - errors)) / requests));
  });

  it('serves only the control before the start', () => {
    const before = liveThrough('checkout-ranking', findSeeded(scenario, 'checkout-ranking').start);
    expect(sum(ofVariant(before, 'enhanced'), requestsOf)).toBe(0);
    expect(sum(ofVariant(before, 'baseline'), requestsOf)).toBeGreaterThan(50_000);
  });

  it('counts every request once: in the counters, in the histogram and in the scoring points', () => {
    const requests = sum(main.tallies, requestsOf);
    expect(sum(main.tallies, ({ buckets }) => buckets.reduce((total, count) => total + count, 0))).toBe(requests);
    expect(main.scoring.reduce((total, { rows }) => total + rows, 0)).toBe(requests);
  });

  it('never lets a counter fall', () => {
    for (const { type, values } of main.columns) {
      if (type !== 'gauge')
        expect(values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))).toBe(true);
    }
  });

  it('goes the same way whether lived through in one go or in two', () => {
    const halves = liveThrough('fraud-threshold', NOW - HOUR);
    halves.advanceTo(NOW);
    expect(halves.columns.map(({ values }) => values)).toEqual(
      liveThrough('fraud-threshold').columns.map(({ values }) => values),
    );
  });

  it('ends the series of a version where the next is deployed', () => {
    const search = liveThrough('search-rerank');
    const { start } = search.experiment;
    const of = (version: string) => search.columns.filter(({ labels }) => labels['model_version'] === version);
    const ends = of('4').map(
      ({ from, values, everyMinutes = 1 }) => from + (values.length - 1) * everyMinutes * 60_000,
    );
    expect(new Set(ends)).toEqual(new Set([start + 6 * DAY]));
    expect(new Set(of('5').map(({ from }) => from))).toEqual(new Set([start + 6 * DAY]));
    expect(of('5')[0]?.values[0]).toBe(0);
  });

  it('hides in search-rerank a lost share of requests and a moved split', () => {
    const search = liveThrough('search-rerank', findSeeded(scenario, 'search-rerank').start + 4 * DAY);
    const [champion, reranker] = ['champion', 'reranker'].map((name) => sum(ofVariant(search, name), requestsOf));
    expect((reranker ?? 0) / (champion ?? 1)).toBeCloseTo(0.96, 1);
    const later = liveThrough('search-rerank');
    const [both, treated] = [['champion', 'reranker'], ['reranker']].map((names) =>
      later.scoring
        .filter(({ variant, time }) => names.includes(variant.name) && time >= later.experiment.start + 4 * DAY)
        .reduce((total, { rows }) => total + rows, 0),
    );
    expect((treated ?? 0) / (both ?? 1)).toBeCloseTo(0.34, 1);
  });
});

describe('the MLflow rows', () => {
  const rows = buildMlflowRows(scenario);

  it('hold a finished run with an evaluation behind every served version', () => {
    for (const { runId } of rows.versions) {
      const run = rows.runs.find((candidate) => candidate.runId === runId);
      expect(run?.status).toBe('FINISHED');
      const accuracy = rows.metrics.filter((metric) => metric.runId === runId && metric.key === 'accuracy').at(-1);
      expect(accuracy?.step).toBe(20);
      expect(accuracy?.value).toBeGreaterThan(0.6);
    }
  });

  it('are the same for the same seed', () => {
    expect(buildMlflowRows(buildScenario(NOW))).toEqual(rows);
  });
});

describe('provisioning/experiments', () => {
  it('holds definitions that the contract accepts', async () => {
    const folder = join(PROJECT, 'provisioning', 'experiments');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const definition = experimentDefinitionSchema.parse(load(await readFile(join(folder, file), 'utf8')));
      expect(`${definition.id}.yaml`).toBe(file);
    }
  });
});
