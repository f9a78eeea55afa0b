import type { DataQueryError } from '@grafana/data';
import type { Failure } from '../../contract/failure';
import { StateMessage, type StateAction } from './StateMessage';
import { SOURCE_LABELS } from '../../calc/provenance';

interface QueryFailedProps {
  error: DataQueryError;
  /** The same failure as a value, where a frame carries it: it knows class, field and fix. */
  failure: Failure | undefined;
  actions?: readonly StateAction[];
}

function ownerOf(failure: Failure): string {
  return failure.source === undefined ? 'the query' : SOURCE_LABELS[failure.source];
}

/** What happened, and what was said after it: the first sentence is the title, without its full stop. */
export function splitMessage(message: string): { title: string; rest: string } {
  const [, first = message, rest = ''] = /^(.+?[.!?])\s+(\p{Lu}.*)$/su.exec(message) ?? [];
  return { title: first.replace(/\.$/, ''), rest };
}

/** An error with nothing beside it: the field, what happened, class and fix; no stack trace, no badge. */
export function QueryFailed({ error, failure, actions = [] }: QueryFailedProps) {
  const message = failure?.message ?? error.message ?? error.data?.message ?? error.statusText ?? 'The query failed';
  const facts = [
    ...(failure ? [{ label: 'Class', words: `${failure.class} · owner: ${ownerOf(failure)}` }] : []),
    ...(failure?.field === undefined ? [] : [{ label: 'Field', words: failure.field }]),
    ...(failure ? [{ label: 'Fix', words: failure.fix }] : []),
  ];
  const { title, rest } = splitMessage(message);
  const details = [message, ...facts.map((fact) => `${fact.label}: ${fact.words}`)].join('\n');
  return (
    <StateMessage
      glyph="cross"
      tone="loss"
      title={title}
      text={[...(error.refId === undefined ? [] : [`Query ${error.refId}`]), ...(rest === '' ? [] : [rest])].join('. ')}
      facts={facts}
      actions={[...actions, { kind: 'copy', label: 'Copy details', text: details }]}
      isAlert
    />
  );
}
