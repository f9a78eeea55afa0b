import type { Command } from 'commander';
import { z } from 'zod';
import { FailureError } from '../../src/contract/failure';
import { withBackend, type Backend } from '../backend/backend';
import { readSettings, refuseNoSource, refuseWrongDefinitions } from '../settings/read-settings';
import { showProgress, type Progress } from '../terminal/progress';
import { logTo, remark, runOptions, writeOut } from '../terminal/output';
import { chooseExperiment, readEverything, readNumbers, readTest, type Choice, type Numbers } from './answers';
import { decisionReport } from './decision-report';
import { frameNamed, metaOf, rowsOf } from './frames';
import { seedObject } from './seed-object';

const optionsSchema = z.looseObject({
  markdown: z.boolean().default(false),
  experiment: z.string().optional(),
  breakdown: z.string().optional(),
});

/** Runs `uplift report` with the flags of its command. @throws FailureError when there is nothing to report on */
export async function runReportCommand(command: Command): Promise<void> {
  const { json, verbose } = runOptions(command);
  const { markdown, experiment, breakdown } = optionsSchema.parse(command.opts());
  if (json && markdown) {
    throw new FailureError({
      class: 'config',
      field: '--markdown',
      message: '--json and --markdown are two reports.',
      fix: 'Give one of them.',
    });
  }
  const { settings, secrets, definitionFiles } = await readSettings(command);
  refuseNoSource(settings);
  refuseWrongDefinitions(definitionFiles);
  const progress = showProgress('reading the experiments');
  await withBackend({ settings, secrets, onLog: logTo(verbose) }, (backend) =>
    (markdown ? reportForPeople : reportForPrograms)(backend, { experiment, breakdown }, progress),
  ).finally(() => progress.end());
}

interface Asked {
  experiment?: string;
  breakdown?: string;
}

/** The experiment that was asked for, else one that is chosen, with a remark. */
const settleChoice = async (backend: Backend, { experiment }: Asked, now: number): Promise<Choice> =>
  experiment === undefined ? chooseExperiment(await readEverything(backend, now)) : { experiment, remark: null };

async function reportForPrograms(backend: Backend, asked: Asked, progress: Progress): Promise<void> {
  const now = Date.now();
  const choice = await settleChoice(backend, asked, now);
  progress.say(`valuing ${choice.experiment}`);
  const numbers = await readNumbers(backend, choice.experiment, now, asked.breakdown);
  progress.end();
  const [impact] = rowsOf(frameNamed(numbers.impact.frames, 'impact'));
  const errors = new Set([numbers.overview.error, numbers.impact.error].flatMap((error) => error ?? []));
  const remarks = [
    ...(choice.remark === null ? [] : [choice.remark]),
    ...(impact?.text('state') === 'preliminary'
      ? ['The annual figures are preliminary; uplift report --markdown says why.']
      : []),
    ...reasonsAway(numbers),
    ...errors,
  ];
  remarks.forEach(remark);
  writeOut(JSON.stringify(seedObject(numbers), null, 2));
  process.exitCode = errors.size > 0 ? 1 : 0;
}

/** Why figures are missing or not measured: who is away, in the sources' own words. */
function reasonsAway({ overview, impact }: Numbers): string[] {
  const readings = [...overview.frames, ...impact.frames].flatMap((frame) => metaOf(frame)?.provenance.sources ?? []);
  return [...new Set(readings.flatMap(({ state, reason }) => (state === 'down' && reason ? [reason] : [])))];
}

async function reportForPeople(backend: Backend, asked: Asked, progress: Progress): Promise<void> {
  const now = Date.now();
  const choice = await settleChoice(backend, asked, now);
  progress.say(`reading ${choice.experiment}`);
  const [numbers, test] = await Promise.all([
    readNumbers(backend, choice.experiment, now, asked.breakdown),
    readTest(backend, choice.experiment, now),
  ]);
  progress.end();
  if (choice.remark !== null) {
    remark(choice.remark);
  }
  writeOut(decisionReport(choice.experiment, test, numbers, now));
}
