/** The `uplift` command: its subcommands. */
import { Command } from 'commander';
import { addCheck } from './check/command';
import { addDemo } from './demo/command';
import { addRender } from './render/command';
import { addReport } from './report/command';
import { addServe } from './serve/command';

export function createProgram(version: string): Command {
  const program = new Command('uplift')
    .description(
      'Is model B better than model A, how sure are we, what is it worth, and where does each number come from?',
    )
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows the flags)');
  addCheck(program);
  addReport(program);
  addRender(program);
  addServe(program);
  addDemo(program);
  return program;
}
