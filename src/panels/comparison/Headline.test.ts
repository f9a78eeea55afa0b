import { shortenSubject } from './Headline';

it('a subject with a very long name keeps its beginning and its verdict', () => {
  const shortened = shortenSubject(`${'a-very-long-name-'.repeat(12)} wins:`, 64);
  expect(shortened).toMatch(/^a-very-long-name-.*….* wins:$/);
  expect(shortened.length).toBeLessThanOrEqual(64);
});

it('a subject that fits is left alone', () => {
  expect(shortenSubject('enhanced wins:', 64)).toBe('enhanced wins:');
});
