/** `npm run package`: the zip that Grafana's plugin installer takes, one folder named after the app. */
import { createWriteStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { distDir, root } from './build/layout';
import { bundleVersion } from './build/manifests';

const APP_ID = 'modelops-uplift-app';
const EXECUTABLE = /^gpx_uplift_[a-z]+_[a-z0-9]+(\.exe)?$/;
/** Source maps are for development, compressed copies for the page; left-overs of a broken build are for nobody. */
const LEFT_OUT = /\.(map|br|gz|tmp|tmp\.exe)$/;

/** Files of the bundle, relative to `dist/`. @throws Error when there is no complete build */
async function listFiles(): Promise<string[]> {
  const entries = existsSync(distDir) ? await readdir(distDir, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile() && !LEFT_OUT.test(entry.name))
    .map((entry) => path.relative(distDir, path.join(entry.parentPath, entry.name)))
    .sort();
  if (!files.includes('plugin.json') || !files.some((file) => EXECUTABLE.test(path.basename(file)))) {
    throw new Error('There is no complete build in dist/; run `npm run build` first.');
  }
  return files;
}

const files = await listFiles();
const zip = new ZipFile();
for (const file of files) {
  const mode = EXECUTABLE.test(path.basename(file)) ? 0o100755 : 0o100644;
  zip.addFile(path.join(distDir, file), path.posix.join(APP_ID, ...file.split(path.sep)), { mode });
}
zip.end();
const target = path.join(root, `${APP_ID}-${await bundleVersion()}.zip`);
await pipeline(zip.outputStream, createWriteStream(target));
console.log(`${path.basename(target)}: ${files.length} files, ${((await stat(target)).size / 1e6).toFixed(1)} MB`);
