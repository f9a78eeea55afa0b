/** Finds a browser of the Chromium family, and starts it headless and silent. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { FailureError } from '../../src/contract/failure';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** A picture needs the page alone: no updates, no sync, no GPU that a server lacks. */
const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

const isExecutable = (file: string) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * The browser's executable: the one that was named, else one on PATH, else where it is usually installed.
 * @throws FailureError saying how to get or name one
 */
export async function findChromium(named: string | null, environment: NodeJS.ProcessEnv): Promise<string> {
  const asked = named ?? environment['CHROMIUM_PATH'];
  if (asked !== undefined && asked !== '') {
    if (await isExecutable(asked)) {
      return asked;
    }
    throw missing(`${asked} is not a program that can be run.`);
  }
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...PROGRAMS.flatMap((program) => folders.map((folder) => path.join(folder, program))),
    ...(PLACES[process.platform] ?? []),
  ];
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) {
      return candidate;
    }
  }
  throw missing('No Chromium was found on this machine.');
}

const missing = (message: string) =>
  new FailureError({
    class: 'config',
    field: '--chromium',
    message,
    fix: 'Install one (Debian: apt-get install chromium), or name it with --chromium or CHROMIUM_PATH.',
  });

/** Starts the browser. Signals are the caller's business, so that unfinished files are removed first. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ARGUMENTS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
