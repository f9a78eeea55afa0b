import { splitMessage } from './QueryFailed';

it.each([
  ['Prometheus: nothing listens there. Check that the server runs.', 'Prometheus: nothing listens there', 'Check that the server runs.'],
  ['No experiment “a”. It has: b.\nFix the query.', 'No experiment “a”', 'It has: b.\nFix the query.'],
  ['InfluxDB 1.8 refused it', 'InfluxDB 1.8 refused it', ''],
  ['Timed out after 1.5 s.', 'Timed out after 1.5 s', ''],
])('the first sentence of “%s” is the title', (message, title, rest) => {
  expect(splitMessage(message)).toEqual({ title, rest });
}); // prettier-ignore
