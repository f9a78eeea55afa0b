/** Spans and instants, in milliseconds, that experiments are laid out with. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const alignDown = (instant: number, step: number): number => Math.floor(instant / step) * step;
/** As a definition writes it. */
export const iso = (instant: number): string => new Date(instant).toISOString();
