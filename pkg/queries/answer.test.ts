import { instanceOf, NOW, sound } from '../experiment/test-instance';
import { answerQuery, describeFailure } from './answer';
import { contextOf } from './test-context';

it.each([
  ['a list', []],
  ['a text', 'status'],
  ['a number', 7],
])('a query that is %s and no object is the asker’s mistake, not a defect', async (_, json) => {
  const answer = await answerQuery('status', json, contextOf(instanceOf(sound), { range: { from: NOW - 1, to: NOW } }));
  expect(answer).toMatchObject({
    status: 400,
    errorSource: 'downstream',
    error: expect.stringContaining('not a JSON object') as string,
  });
});

it.each([
  ['experiment', 'Experiment “nope” is not known.', 'Experiment “nope” is not known. Choose another.'],
  ['control', 'It is not set.', 'control: It is not set. Choose another.'],
  [undefined, 'The query is too old.', 'The query is too old. Choose another.'],
])('a failure of %p is told once', (field, message, told) => {
  expect(describeFailure({ class: 'query', field, message, fix: 'Choose another.' })).toBe(told);
});
