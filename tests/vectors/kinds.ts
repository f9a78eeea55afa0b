/** Every kind the engine answers, by the name the vector files give it. */
import type { Kind } from './kind';

export const KINDS: Readonly<Record<string, Kind>> = {};
