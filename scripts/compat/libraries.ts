/**
 * Grafana's published libraries in one version, unpacked under `.cache` with that version's React types. What they depend
 * on is the project's own: two copies of RxJS would differ in type without differing in anything.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { root } from '../build/layout';

const run = promisify(execFile);

/** What our modules are compiled against; each exists in every version that is checked. */
const LIBRARIES = ['data', 'ui', 'runtime', 'schema', 'i18n', 'e2e-selectors'].map((name) => `@grafana/${name}`);
const RELEASE = /^(\d+)\.(\d+)\.(\d+)$/;

/** The newest release that the registry has of every library: a release may be published in part. */
export async function findNewest(): Promise<string> {
  const published = await Promise.all(
    LIBRARIES.map(async (name) => {
      const { stdout } = await run('npm', ['view', name, 'versions', '--json']);
      return z.array(z.string()).parse(JSON.parse(stdout));
    }),
  );
  const [first = [], ...rest] = published;
  const everywhere = first.filter(
    (version) => RELEASE.test(version) && rest.every((versions) => versions.includes(version)),
  );
  const newest = everywhere.toSorted(byRelease).at(-1);
  if (newest === undefined) {
    throw new Error(`The registry has no release of all of ${LIBRARIES.join(', ')}.`);
  }
  return newest;
}

function byRelease(a: string, b: string): number {
  const parts = (version: string) => (RELEASE.exec(version) ?? []).slice(1).map(Number);
  const other = parts(b);
  return (
    parts(a)
      .map((part, index) => part - (other[index] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  );
}

/** Grafana 12 gives plugins React 18, Grafana 13 React 19. */
export const reactOf = (version: string): string => (Number(version.split('.')[0]) < 13 ? '18' : '19');

/** @returns the `node_modules` that hold this version, fetched first where they are not */
export async function obtainLibraries(version: string): Promise<string> {
  const folder = path.join(root, '.cache', 'compat', version);
  const modules = path.join(folder, 'node_modules');
  const complete = path.join(folder, 'complete');
  const isThere = await access(complete).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await rm(folder, { recursive: true, force: true });
    const wanted = [
      ...LIBRARIES.map((name) => ({ name, version })),
      ...['@types/react', '@types/react-dom'].map((name) => ({ name, version: reactOf(version) })),
    ];
    for (const library of wanted) {
      await unpack(library.name, library.version, path.join(modules, library.name));
    }
    await writeFile(complete, '');
  }
  return modules;
}

async function unpack(name: string, version: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const { stdout } = await run('npm', ['pack', `${name}@${version}`, '--json'], { cwd: target }).catch(
    (error: unknown) => {
      throw new Error(`npm cannot fetch ${name}@${version}.`, { cause: error });
    },
  );
  const [packed] = z.tuple([z.object({ filename: z.string() })]).parse(JSON.parse(stdout));
  const archive = path.join(target, packed.filename);
  await run('tar', ['-xzf', archive, '-C', target, '--strip-components=1']);
  await rm(archive);
}
