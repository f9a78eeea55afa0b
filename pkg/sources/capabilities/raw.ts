/** Statements in the store’s own language. */
import type { Period } from '../period';

/** A statement typed by a dashboard's editor, in the store's own language, variables already bound or quoted. */
export interface RawRequest {
  statement: string;
  period: Period;
  stepMs: number;
  /** One value a series, at the period's end (PromQL instant). */
  isInstant: boolean;
}

/** A column of a raw answer; times in epoch ms. */
export type RawColumn =
  | { name: string; type: 'time' | 'number'; labels?: Record<string, string>; values: Array<number | null> }
  | { name: string; type: 'string'; labels?: Record<string, string>; values: Array<string | null> }
  | { name: string; type: 'boolean'; labels?: Record<string, string>; values: Array<boolean | null> };

export interface RawTable {
  name: string;
  columns: RawColumn[];
}

export interface RawAnswer {
  tables: RawTable[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}
