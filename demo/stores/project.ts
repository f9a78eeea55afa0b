import { resolve } from 'node:path';

/** The project's folder, and the one below it where fetched servers are kept between runs (ignored by git). */
export const PROJECT = resolve(import.meta.dirname, '../..');
export const CACHE = resolve(PROJECT, '.cache');
