import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { PROJECT } from '../project';

const exitSchema = z.tuple([z.number().nullable(), z.string().nullable()]);

/** Adds `uplift demo`: `npm run demo` under the same flags. */
export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('real stores with live traffic, and the page that shows them; Ctrl-C ends it all')
    .usage('[flags of npm run demo]')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments();
  command.action(async () => {
    // Its own process: Ctrl-C reaches both, and the demo tidies up while this one waits for it.
    const child = spawn(process.execPath, [path.join(PROJECT.root, 'scripts/demo.mjs'), ...command.args], {
      cwd: PROJECT.root,
      stdio: 'inherit',
    });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    const ignore = () => undefined;
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    process.on('SIGINT', ignore);
    const [code] = exitSchema.parse(await once(child, 'exit'));
    process.exitCode = code ?? 1;
  });
}
