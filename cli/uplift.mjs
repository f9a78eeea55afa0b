#!/usr/bin/env node
// The `uplift` command: as `npm run build` bundled it, or, where a source is newer than that, from the sources as they
// are. Plain JavaScript, so that a Node that is too old says so instead of failing on syntax.
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: uplift needs Node 20.19 or newer.`);
  process.exit(1);
}
// V8 lets the space for what is young grow to 48 MB where many ask at once, and never gives it back. What is young here are
// answers of a few kB: as much as it begins with, 3 MB, is enough. Before anything is loaded, for loading makes it grow.
setFlagsFromString('--semi-space-growth-factor=1');
// What is old here is small and changes little; without this it may grow to four times itself before V8 looks at it.
setFlagsFromString('--heap-growing-percent=15');
const { findBuilt } = await import('./built.mjs');
const built = findBuilt();
if (built === null) {
  const { register } = await import('tsx/esm/api');
  register();
}
await import(built ?? './main.ts');
