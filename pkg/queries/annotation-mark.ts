/** Marks on a time axis, and what those of one kind came from. */
import type { SourceReading } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import type { AnnotationKind } from '../../src/contract/query';

/** One annotation; times in epoch ms. */
export interface Mark {
  /** The same for the same event on every refresh. */
  id: string;
  kind: AnnotationKind;
  at: number;
  until: number | null;
  title: string;
  /** HTML as Grafana shows it in an annotation: text is escaped, links are links. */
  text: string;
  variant: string | null;
  tags: string[];
}

/** What one kind of mark came from. */
export interface Marks {
  marks: Mark[];
  readings: SourceReading[];
  failures: Failure[];
  warnings: string[];
  executed: string[];
}

export const NO_MARKS: Marks = { marks: [], readings: [], failures: [], warnings: [], executed: [] };
