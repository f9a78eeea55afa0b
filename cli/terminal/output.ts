/** What all commands share: common flags, what they print, and how a failure is told. */
import type { Command } from 'commander';
import { z } from 'zod';
import { FailureError } from '../../src/contract/failure';
import type { PluginLog } from '../../pkg/sdk/client';

const commonSchema = z.looseObject({ json: z.boolean().default(false), verbose: z.boolean().default(false) });

export function runOptions(command: Command): { json: boolean; verbose: boolean } {
  return commonSchema.parse(command.opts());
}

/** Prints a result. */
export function writeOut(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Prints a remark beside the result. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Where the backend's log goes: nowhere, unless it was asked for. */
export function logTo(isVerbose: boolean): ((log: PluginLog) => void) | undefined {
  return isVerbose
    ? ({ level, message, fields }) => remark(`${level} ${message} ${JSON.stringify(fields)}`)
    : undefined;
}

/** What went wrong and what to do, without a stack. */
export function describeError(error: unknown): string {
  if (error instanceof FailureError) {
    return `uplift: ${error.failure.message}\n  ${error.failure.fix}`;
  }
  return `uplift: ${error instanceof Error ? error.message : String(error)}`;
}
