import { levelOf, type SourceReading } from '../../calc/provenance';
import { ageWords, sourceLine } from './ProvenanceBadge';

const NOW = 1_800_000_000_000;
const reading = (source: SourceReading['source'], seconds: number | null, own: Partial<SourceReading> = {}): SourceReading => ({
  source, state: 'ok', endpoint: 'primary', asOf: seconds === null ? null : NOW - seconds * 1000, ...own,
}); // prettier-ignore
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it.each([
  ['the newest sample’s age', [reading('mlflow', 3600), reading('prometheus', 12)], '12 s'],
  ['what is stale, and how old it is', [reading('mlflow', 41 * 86_400, { state: 'stale' }), reading('prometheus', 12)], '· accuracy 41 d old'],
  ['a run, where MLflow alone answers', [reading('mlflow', 3 * 86_400)], 'run 3 d old'],
  ['nothing, where nothing answered', [reading('mlflow', null, { state: 'down' })], ''],
] as const)('the badge says %s', (_name, sources, words) => {
  const provenance = { level: levelOf(sources), sources: [...sources], answeredAt: NOW };
  expect(plain(ageWords(provenance, NOW))).toBe(words);
}); // prettier-ignore

it('names a backup endpoint with its newest sample’s time, and why a source is down', () => {
  expect(plain(sourceLine(reading('prometheus', 12, { endpoint: 'backup-1' }), NOW))).toMatch(/^answered, backup-1, newest sample 12 s old \(\d+ \w{3} \d\d:\d\d:\d\d\)$/); // prettier-ignore
  expect(sourceLine(reading('mlflow', null, { state: 'down', reason: 'connection refused' }), NOW)).toBe('not reachable: connection refused'); // prettier-ignore
});

it('says no source’s name twice', () => {
  const down = { state: 'down', reason: 'Prometheus: nothing listens at the configured address.' } as const;
  expect(sourceLine(reading('prometheus', null, down), NOW)).toBe('not reachable: nothing listens at the configured address.'); // prettier-ignore
});
