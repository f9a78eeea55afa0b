/**
 * The icons that nearly every view of the page shows, as the module `virtual:icons`: asked for one by one, each would be a
 * request, and be drawn after what it stands beside.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { root } from '../layout';

const ICONS = [
  'angle-double-left', 'angle-double-right', 'angle-down', 'angle-right', 'check', 'clock-nine', 'ellipsis-v',
  'exclamation-circle', 'exclamation-triangle', 'info-circle', 'minus', 'monitor', 'search-minus', 'spinner', 'sync',
] as const; // prettier-ignore

const NAME = 'virtual:icons';
const ID = `\0${NAME}`;

const library = path.dirname(createRequire(import.meta.url).resolve('@grafana/ui/package.json'));
/** Grafana's, then those that its own build adds and its packages leave out. */
const FOLDERS = [path.join(library, 'dist/public/img/icons/unicons'), path.join(root, 'web/icons/unicons')];

/** The icon's drawing. @throws Error when there is none of that name */
async function readIcon(name: string): Promise<string> {
  const file = FOLDERS.map((folder) => path.join(folder, `${name}.svg`)).find(existsSync);
  if (file === undefined) {
    throw new Error(`there is no icon ${name} in ${FOLDERS.join(' or ')}`);
  }
  return (await readFile(file, 'utf8')).trim();
}

export const bundleIcons: Plugin = {
  name: 'bundle-icons',
  resolveId: (id) => (id === NAME ? ID : null),
  load: async (id) => {
    if (id !== ID) {
      return null;
    }
    const icons = await Promise.all(ICONS.map(async (name) => [name, await readIcon(name)]));
    return `export const icons = new Map(${JSON.stringify(icons)});`;
  },
};
