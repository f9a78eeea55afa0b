/** The page as a user starts it, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { writeCommandLineSettings } from '../../demo/command-line';
import type { Demo } from '../../demo/demo';
import { PROJECT } from '../../demo/stores/project';

export interface ServedPage {
  url: string;
  stop: () => Promise<void>;
}

/** Starts `uplift serve` over the demo's stores. @param folder for its settings */
export async function serve(demo: Demo, folder: string): Promise<ServedPage> {
  const settings = await writeCommandLineSettings(demo, folder);
  const child = spawn(
    process.execPath,
    [path.join(PROJECT, 'cli/uplift.mjs'), 'serve', '--port', '0', '--env', settings],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  let said = '';
  for await (const piece of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += String(piece);
    if (said.includes('\n')) {
      break;
    }
  }
  const [url = ''] = said.split(' ');
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
