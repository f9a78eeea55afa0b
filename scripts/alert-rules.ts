/**
 * `npm run alert-rules`: writes Grafana's alert rules for the experiments written down in files, so that each rule carries
 * the very control, split and start of its definition. `-- --check` only says whether the files are what would be written.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { readDefinitions } from '../cli/experiments/definitions';
import { renderRuleFiles } from './alerting/rule-files';

const { experiments, out, datasource, grafanaUrl, paused, check } = z
  .object({
    experiments: z.array(z.string()),
    out: z.string(),
    datasource: z.string(),
    grafanaUrl: z.url().transform((url) => url.replace(/\/$/, '')),
    paused: z.boolean().default(false),
    check: z.boolean().default(false),
  })
  .parse(
    new Command('npm run alert-rules --')
      .option('--experiments <paths...>', 'files or folders with definitions', ['provisioning/experiments'])
      .option('--out <folder>', 'where Grafana reads alert rules', 'provisioning/alerting')
      .option('--datasource <uid>', 'uid of the provisioned data source', 'uplift')
      .option('--grafana-url <url>', 'where readers of a notification reach Grafana', 'http://localhost:3000')
      .option('--paused', 'Grafana lists the rules and does not evaluate them: for examples')
      .option('--check', 'write nothing; fail when a file would change')
      .parse()
      .opts(),
  );

const files = await readDefinitions(experiments, true);
const failures = files.flatMap((file) => file.failures);
for (const { message, fix } of failures) {
  console.error(`${message} ${fix}`);
}
if (failures.length > 0) {
  process.exit(1);
}
const rendered = renderRuleFiles(
  { datasource, grafanaUrl, isPaused: paused },
  files.flatMap(({ definitions }) => definitions),
);
await mkdir(out, { recursive: true });
for (const [name, text] of Object.entries(rendered)) {
  const file = path.join(out, name);
  if (!check) {
    await writeFile(file, text);
    console.log(file);
  } else if ((await readFile(file, 'utf8').catch(() => null)) !== text) {
    console.error(`${file} is not what npm run alert-rules writes.`);
    process.exitCode = 1;
  }
}
