/** Runs a whole vector file through the engine. */
import { readFileSync } from 'node:fs';
import { checkCase, fileSchema, nameOf } from './check';
import { KINDS } from './kinds';

export interface FileRun {
  /** What to print: each failure with its problems, and last `N passed, N failed`. */
  lines: string[];
  /** Why there was nothing to run; null when there was. */
  complaint: string | null;
  /** Something ran, and none of it failed. */
  hasPassed: boolean;
}

/** The file's cases, or why there are none. */
function readCases(file: string): unknown[] | string {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const read = fileSchema.safeParse(content);
  if (!read.success) {
    return 'not a vector file: it must be an object with an array `cases`';
  }
  return read.data.cases.length > 0 ? read.data.cases : 'it holds no cases';
}

export function runFile(file: string): FileRun {
  const cases = readCases(file);
  if (typeof cases === 'string') {
    return { lines: ['0 passed, 0 failed'], complaint: `${file}: ${cases}`, hasPassed: false };
  }
  const failures = cases.flatMap((vector, index) => {
    const problems = checkCase(vector, KINDS);
    return problems.length === 0 ? [] : [[nameOf(vector, index), ...problems.map((problem) => `  ${problem}`)]];
  });
  const counts = `${cases.length - failures.length} passed, ${failures.length} failed`;
  return { lines: [...failures.flat(), counts], complaint: null, hasPassed: failures.length === 0 };
}
