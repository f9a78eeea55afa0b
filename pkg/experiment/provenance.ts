/** Provenance of an answer, and what it says in words. */
import type { Provenance, SourceReading } from '../../src/calc/provenance';
import { levelOf, SOURCE_LABELS } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import { nameStore } from '../../src/contract/failure';
import type { Notice } from '../sdk/frame';

export function provenanceOf(sources: SourceReading[], answeredAt: number, simulated = false): Provenance {
  return { level: levelOf(sources, simulated), sources, answeredAt };
}

/** Several questions to a store that is away fail alike; once is enough to say so. */
export function distinctFailures(failures: readonly Failure[]): Failure[] {
  return [...new Map(failures.map((failure) => [`${failure.source ?? ''}:${failure.message}`, failure])).values()];
}

/** A failure as a notice beside the data: which source, what happened, what to do. */
export function noticeOf(failure: Failure): Notice {
  const { source, message, fix } = failure;
  return { severity: 'warning', text: `${source ? nameStore(SOURCE_LABELS[source], message) : message} ${fix}` };
}
