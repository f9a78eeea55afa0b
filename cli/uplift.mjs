#!/usr/bin/env node
// The `uplift` command in a checkout: loads the TypeScript sources as they are. Plain JavaScript, so that a Node that is
// too old says so instead of failing on syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: uplift needs Node 20.19 or newer.`);
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');
