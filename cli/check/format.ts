/** A check as a person reads it. */
import { formatAge, formatCount, MISSING } from '../../src/calc/notation';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import { formatTable } from '../terminal/table';
import type { CheckResult, SourceCheck } from './check';

const answer = (value: boolean | null) => (value === null ? MISSING : value ? 'yes' : 'no');

function foundOf({ found, state, newest_sample }: SourceCheck, now: number): string {
  const age =
    newest_sample === null || state === 'off' ? '' : `; newest ${formatAge((now - newest_sample) / 1000)} old`;
  return `${found}${age}`;
}

/** Tables of sources and experiments, and a verdict. `now` is epoch ms; `width` the terminal's, null when piped. */
export function formatCheck({ ok, sources, experiments }: CheckResult, now: number, width: number | null): string {
  const rows = sources.map((row) => [
    SOURCE_LABELS[row.source],
    answer(row.reachable),
    answer(row.authenticated),
    answer(row.readable),
    row.version ?? MISSING,
    row.latency_ms === null ? MISSING : `${formatCount(Math.max(1, row.latency_ms))} ms`,
    foundOf(row, now),
    row.fix ?? MISSING,
  ]);
  const parts = [
    formatTable(
      [
        { title: 'Source' },
        { title: 'Reachable' },
        { title: 'Authenticated' },
        { title: 'Readable' },
        { title: 'Version' },
        { title: 'Latency' },
        { title: 'Found', isProse: true },
        { title: 'Fix', isProse: true },
      ],
      rows,
      width,
    ),
  ];
  if (experiments.length > 0) {
    parts.push(
      formatTable(
        [
          { title: 'Experiment' },
          { title: 'Valid' },
          { title: 'Found', isProse: true },
          { title: 'Fix', isProse: true },
        ],
        experiments.map((row) => [row.experiment, answer(row.isValid), row.found, row.fix ?? MISSING]),
        width,
      ),
    );
  }
  parts.push(ok ? 'All sound.' : summariseFaults(sources, experiments.filter(({ isValid }) => !isValid).length));
  return parts.join('\n\n');
}

function summariseFaults(sources: readonly SourceCheck[], wrongDefinitions: number): string {
  const configured = sources.filter(({ state }) => state !== 'off');
  if (configured.length === 0) {
    return 'No source is configured. Copy .env.example to .env and fill in an address, or give flags (uplift check --help).';
  }
  const failing = configured.filter(({ readable }) => readable !== true);
  const faults = [
    ...(failing.length > 0 ? [`${failing.length} of ${configured.length} configured sources cannot be read`] : []),
    ...(wrongDefinitions > 0 ? [`${wrongDefinitions} definitions are wrong`] : []),
  ];
  return `Not sound: ${faults.join('; ')}.`;
}
