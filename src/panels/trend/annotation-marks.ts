/** Annotations of the dashboard as marks on the chart. */
import type { DataFrame } from '@grafana/data';
import type { TimeMark } from '../../contract/frames';
import { numberAt, rowsOf, textAt } from '../shared/frames';

/** More marks than this would bury the series. */
const MOST = 40;

const TAGS: ReadonlyArray<readonly [tag: string, kind: TimeMark['kind']]> = [
  ['split', 'split'],
  ['verdict', 'decision'],
  ['decision', 'decision'],
];

function kindOf(frame: DataFrame, row: number): TimeMark['kind'] {
  const tags: unknown = frame.fields.find(({ name }) => name === 'tags')?.values[row];
  const [, kind = 'deployment'] = (Array.isArray(tags) && TAGS.find(([tag]) => tags.includes(tag))) || [];
  return kind;
}

/** The time, kind and words of each annotation: tagged `split`, or `verdict` for a decision; all others are deployments. */
export function readAnnotations(frames: readonly DataFrame[]): TimeMark[] {
  const marks = frames.flatMap((frame) =>
    rowsOf(frame).flatMap((row): TimeMark[] => {
      const at = numberAt(frame, 'time', row);
      const label = textAt(frame, 'title', row) ?? textAt(frame, 'text', row);
      return at === null || label === null ? [] : [{ at, kind: kindOf(frame, row), label }];
    }),
  );
  return marks.sort((a, b) => a.at - b.at).slice(-MOST);
}
