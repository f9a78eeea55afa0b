import type { Command } from 'commander';
import { z } from 'zod';
import { FailureError } from '../../src/contract/failure';
import { withBackend, type Backend } from '../backend/backend';
import { addSettingFlags } from '../settings/flags';
import { readSettings, refuseWrongDefinitions } from '../settings/read-settings';
import { showProgress, type Progress } from '../terminal/progress';
import { logTo, remark, runOptions, writeOut } from '../terminal/run';
import { chooseExperiment, readEverything, readNumbers, readTest } from './answers';
import { decisionReport } from './decision-report';
import { frameNamed, rowsOf } from './frames';
import { seedObject } from './seed-object';

const EXAMPLES = `
--json prints one object {live, business}; a figure nobody measured is null. Whether annual figures stand as a result or
are preliminary is said on stderr, and in the Markdown.

Exit code: 0, or 1 when the experiment could not be reported on.

Examples:
  uplift report --json | jq .business.net_annual_value
  uplift report --markdown --experiment checkout-ranking > decision.md
  uplift report --markdown --infrastructure 120000 --currency EUR`;

const optionsSchema = z.looseObject({
  markdown: z.boolean().default(false),
  experiment: z.string().optional(),
});

/** Adds `uplift report`. */
export function addReport(program: Command): void {
  const command = program
    .command('report')
    .description('the live numbers and what the difference is worth, for a program (--json) or a ticket (--markdown)')
    .option('--json', 'print one JSON object {live, business} (the default)')
    .option('--markdown', 'print a decision report: verdicts, intervals, checks, replay, money, provenance')
    .option('-e, --experiment <id>', 'which one (default: the first that runs)')
    .option('--verbose', 'show the backend’s log on stderr')
    .addHelpText('after', EXAMPLES);
  addSettingFlags(command, ['MLflow', 'Prometheus', 'InfluxDB', 'Business', 'General']).action(async () => {
    const { json, verbose } = runOptions(command);
    const { markdown, experiment } = optionsSchema.parse(command.opts());
    if (json && markdown) {
      throw new FailureError({
        class: 'config',
        field: '--markdown',
        message: '--json and --markdown are two reports.',
        fix: 'Give one of them.',
      });
    }
    const { settings, secrets, definitionFiles } = await readSettings(command);
    refuseWrongDefinitions(definitionFiles);
    const progress = showProgress('reading the experiments');
    await withBackend({ settings, secrets, onLog: logTo(verbose) }, (backend) =>
      markdown ? reportForPeople(backend, experiment, progress) : reportForPrograms(backend, experiment, progress),
    ).finally(() => progress.end());
  });
}

async function reportForPrograms(backend: Backend, asked: string | undefined, progress: Progress): Promise<void> {
  const now = Date.now();
  const everything = await readEverything(backend, now);
  const choice = chooseExperiment(asked, everything);
  progress.say(`valuing ${choice.experiment}`);
  const numbers = await readNumbers(backend, choice.experiment, now);
  progress.end();
  const [impact] = rowsOf(frameNamed(numbers.impact.frames, 'impact'));
  const errors = new Set([numbers.overview.error, numbers.impact.error].flatMap((error) => error ?? []));
  const remarks = [
    ...(choice.remark === null ? [] : [choice.remark]),
    ...(impact?.text('state') === 'preliminary'
      ? ['The annual figures are preliminary; uplift report --markdown says why.']
      : []),
    ...errors,
  ];
  remarks.forEach(remark);
  writeOut(JSON.stringify(seedObject(everything, numbers), null, 2));
  process.exitCode = errors.size > 0 ? 1 : 0;
}

async function reportForPeople(backend: Backend, asked: string | undefined, progress: Progress): Promise<void> {
  const now = Date.now();
  const choice =
    asked === undefined
      ? chooseExperiment(asked, await readEverything(backend, now))
      : { experiment: asked, remark: null };
  progress.say(`reading ${choice.experiment}`);
  const [numbers, test] = await Promise.all([
    readNumbers(backend, choice.experiment, now),
    readTest(backend, choice.experiment, now),
  ]);
  progress.end();
  if (choice.remark !== null) {
    remark(choice.remark);
  }
  writeOut(decisionReport(choice.experiment, test, numbers, now));
}
