/**
 * Many eyes, few queries: one reader of a dashboard, then 500 and two browsers, two minutes each. What do the stores pay,
 * how long does a refresh take, what does the server weigh?
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/demo';
import { launchChromium } from '../e2e/chromium';
import type { Figure } from './figure';
import { PageClient, readMetric, recordQuestions, type Question } from './page-client';
import { serve } from './served-page';

const CLIENTS = 500;
const BROWSERS = 2;
const PHASE_MS = 120_000;
const REFRESH_MS = 30_000;
const WEIGH_EVERY_MS = 3_000;
const DASHBOARD = '/d/uplift-live-ab?refresh=30s&kiosk';
const MEGABYTE = 1024 ** 2;

/** Store questions by our own count, and by Prometheus's own. */
async function countStoreQuestions(page: string, demo: Demo): Promise<{ ours: number; prometheus: number }> {
  const ours = await readMetric(page, 'uplift_upstream_requests_total');
  const prometheus = demo.stores.prometheus.running;
  const text = prometheus === null ? '' : await (await fetch(`${prometheus.url}/metrics`)).text();
  const answered = [...text.matchAll(/^prometheus_http_requests_total\{.*handler="\/api\/v1\/.*\} (\S+)$/gm)];
  return { ours, prometheus: answered.reduce((sum, [, count]) => sum + Number(count), 0) };
}

/** Resident sets, bytes: the page's process, and the backend's that it started. */
interface Weight {
  page: number;
  backend: number;
}

const weighOnce = async (page: string): Promise<Weight> => ({
  page: await readMetric(page, 'uplift_page_process_resident_memory_bytes'),
  backend: await readMetric(page, 'uplift_process_resident_memory_bytes'),
});

interface Phase {
  /** Every refresh, ms. */
  refreshes: number[];
  errors: string[];
  /** In order of time. */
  weights: Weight[];
  questions: { ours: number; prometheus: number };
}

/** Readers who begin spread over one refresh, and refresh until the phase is over. */
async function runPhase(page: string, demo: Demo, clients: number, questions: readonly Question[]): Promise<Phase> {
  const before = await countStoreQuestions(page, demo);
  const phase: Phase = { refreshes: [], errors: [], weights: [], questions: { ours: 0, prometheus: 0 } };
  const end = performance.now() + PHASE_MS;
  const read = async (index: number) => {
    const client = new PageClient(page, questions);
    await delay((index / clients) * REFRESH_MS);
    while (performance.now() < end) {
      const next = performance.now() + REFRESH_MS;
      const { took, errors } = await client.refresh();
      phase.refreshes.push(took);
      phase.errors.push(...errors);
      await delay(Math.max(0, next - performance.now()));
    }
    client.close();
  };
  const weigh = async () => {
    while (performance.now() < end) {
      phase.weights.push(await weighOnce(page));
      await delay(WEIGH_EVERY_MS);
    }
  };
  await Promise.all([weigh(), ...Array.from({ length: clients }, (_, index) => read(index))]);
  const after = await countStoreQuestions(page, demo);
  phase.questions = { ours: after.ours - before.ours, prometheus: after.prometheus - before.prometheus };
  return phase;
}

/** The value 95 % of the others do not exceed. */
const percentile95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much heavier the last third of a phase is than the one before it, MB. */
function growth(weights: readonly number[]): number {
  const third = Math.floor(weights.length / 3);
  return (mean(weights.slice(-third)) - mean(weights.slice(third, 2 * third))) / MEGABYTE;
}

export async function benchLoad(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'uplift-load-'));
  const [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  const page = await serve(demo, folder);
  try {
    return await measure(page.url, demo, browser);
  } finally {
    await browser.close();
    await page.stop();
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(page: string, demo: Demo, browser: Browser): Promise<Figure[]> {
  const idle = await weighOnce(page);
  const questions = await recordQuestions(browser, `${page}${DASHBOARD}`);
  const one = await runPhase(page, demo, 1, questions);
  const watching = await Promise.all(Array.from({ length: BROWSERS }, () => browser.newPage()));
  const complaints: string[] = [];
  for (const tab of watching) {
    tab.on('pageerror', ({ message }) => complaints.push(message));
    await tab.setViewportSize({ width: 1600, height: 3000 });
    await tab.goto(`${page}${DASHBOARD}`);
  }
  const many = await runPhase(page, demo, CLIENTS, questions);
  const [load = Number.NaN] = loadavg();
  const errors = [...one.errors, ...many.errors, ...complaints];
  if (errors.length > 0) {
    console.error([...new Set(errors)].join('\n'));
  }
  const weights = many.weights.map(({ page: own, backend }) => own + backend);
  const ratio = (of: (phase: Phase) => number) => of(many) / of(one);
  return [
    { what: `questions of the page for one refresh`, value: questions.length, unit: '' },
    { what: 'store questions, one reader, two minutes', value: one.questions.ours, unit: '' },
    { what: `store questions, ${CLIENTS} readers and ${BROWSERS} browsers`, value: many.questions.ours, unit: '' },
    { what: 'their ratio', value: ratio((phase) => phase.questions.ours), unit: '×', goal: { atMost: 1.5 } },
    { what: 'the same by Prometheus’s own count', value: ratio((phase) => phase.questions.prometheus), unit: '×' },
    { what: 'a refresh, one reader, 95th percentile', value: percentile95(one.refreshes), unit: 'ms' },
    { what: `a refresh, ${CLIENTS} readers, 95th percentile`, value: percentile95(many.refreshes), unit: 'ms' },
    { what: 'their ratio', value: ratio(({ refreshes }) => percentile95(refreshes)), unit: '×', goal: { atMost: 2 } },
    { what: `refreshes of ${CLIENTS} readers`, value: many.refreshes.length, unit: '' },
    { what: 'errors', value: errors.length, unit: '', goal: { atMost: 0 } },
    { what: 'resident memory before anybody asked, page', value: idle.page / MEGABYTE, unit: 'MB' },
    { what: '… backend', value: idle.backend / MEGABYTE, unit: 'MB' },
    {
      what: 'resident memory at most, page',
      value: Math.max(...many.weights.map((w) => w.page)) / MEGABYTE,
      unit: 'MB',
    },
    { what: '… backend', value: Math.max(...many.weights.map((w) => w.backend)) / MEGABYTE, unit: 'MB' },
    { what: '… both', value: Math.max(...weights) / MEGABYTE, unit: 'MB', goal: { atMost: 250 } },
    { what: '… growth in the last third', value: growth(weights), unit: 'MB', goal: { atMost: 10 } },
    { what: 'load average of the machine meanwhile', value: load, unit: '' },
  ];
}
