// The demo on a machine that has Node and npm only: packages first, then everything else in TypeScript.
import path from 'node:path';
import { installDependencies } from './setup.mjs';

installDependencies(path.resolve(import.meta.dirname, '..'));
const { register } = await import('tsx/esm/api');
register();
await import('../demo/main.ts');
