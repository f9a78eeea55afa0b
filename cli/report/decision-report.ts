/** The report for people: one page of Markdown that a decision can be argued from, fit for a ticket. */
import { SOURCE_LABELS, SOURCE_NAMES, type Level } from '../../src/calc/provenance';
import { formatAge, MISSING } from '../../src/calc/notation';
import { demand, type Numbers, type Test } from './answers';
import { frameNamed, metaOf, noticesOf, rowsOf, type FrameMeta } from './frames';
import { formatInstant } from './instants';
import { bulletList, escapeMarkdown, markdownTable } from './markdown';
import { moneySection } from './money-section';
import { replaySection } from './replay-section';
import { checkSection, verdictSection } from './test-sections';

const LEVEL_WORDS: Record<Level, string> = {
  live: '🔴 LIVE: MLflow and an operational store answered',
  operational: '🟡 OPERATIONAL: an operational store answered, MLflow did not',
  model: '🟠 MODEL: MLflow alone answered, so accuracy is of the models’ test sets',
  simulated: '⚪ SIMULATED: nothing here was measured',
  'no-data': 'NO DATA: no source answered',
};

/**
 * Writes the report.
 * @throws FailureError when the test could not be read at all; money or replay that failed say so in their sections
 */
export function decisionReport(id: string, test: Test, { impact }: Numbers, now: number): string {
  const { frames } = demand(test.experiment);
  const meta = frames.map(metaOf).find((one) => one?.experiment !== undefined);
  const experiment = meta?.experiment;
  if (!meta || !experiment) {
    return `# ${escapeMarkdown(id)}\n\nThe sources hold nothing about this experiment.\n`;
  }
  const advice = rowsOf(frameNamed(impact.frames, 'recommendations')).map((row, index) => {
    const [title, why] = [row.text('title'), row.text('why')].map(escapeMarkdown);
    return `${index + 1}. **${title ?? ''}.** ${why ?? ''} (confidence: ${escapeMarkdown(row.text('confidence'))})`;
  });
  const notices = [...new Set(noticesOf(frames).map(({ text }) => text))];
  const sections: Array<[string, string]> = [
    ['Advice', advice.join('\n') || 'None.'],
    ['Verdicts', verdictSection(test.experiment, experiment)],
    ['Checks', checkSection(test.experiment)],
    ['Replay', replaySection(test.replay, test.experiment)],
    ['Money', moneySection(impact)],
    [
      'Provenance',
      [provenanceTable(meta, now), ...(notices.length > 0 ? [bulletList(notices.map(escapeMarkdown))] : [])].join(
        '\n\n',
      ),
    ],
  ];
  return [
    heading(meta, experiment, windowOf(frames), now),
    ...sections.map(([title, body]) => `## ${title}\n\n${body}`),
  ].join('\n\n');
}

type Experiment = NonNullable<FrameMeta['experiment']>;

function windowOf(frames: Parameters<typeof frameNamed>[0]): { from: number; to: number } | null {
  const [row] = rowsOf(frameNamed(frames, 'comparisons'));
  const [from, to] = [row?.number('window_start') ?? null, row?.number('window_end') ?? null];
  return from === null || to === null ? null : { from, to };
}

const DAY_MS = 86_400_000;

function heading(
  { headline, provenance }: FrameMeta,
  experiment: Experiment,
  window: { from: number; to: number } | null,
  now: number,
): string {
  const { name, id, owner, control, variants, timeZone, plannedTotal } = experiment;
  const others = variants.filter((variant) => variant.name !== control);
  const facts = [
    `Experiment ${id}${owner === undefined ? '' : `, owner ${owner}`}`,
    `${others.map((variant) => (variant.role === 'treatment' ? variant.name : `${variant.name} (${variant.role})`)).join(', ')} against ${control}`,
    window === null
      ? 'No test window'
      : `${formatInstant(window.from, timeZone)} to ${formatInstant(window.to, timeZone)}, ${((window.to - window.from) / DAY_MS).toFixed(1)} days; always-valid figures tuned for ${plannedTotal.toLocaleString('en-US')} requests`,
    levelOf(provenance),
    `Written ${formatInstant(now, timeZone)} by uplift`,
  ];
  const sentence = headline
    ? [`**${escapeMarkdown(headline.subject)}** ${escapeMarkdown(headline.text)}`, escapeMarkdown(headline.aside)]
        .flatMap((line) => (line === '' ? [] : [`> ${line.trimEnd()}`]))
        .join('\n')
    : '> No verdict.';
  return `# ${escapeMarkdown(name)}\n\n${sentence}\n\n${bulletList(facts.map(escapeMarkdown))}`;
}

/** The level in words, and who is away: a level may stand on a source that stands in for another. */
function levelOf({ level, sources }: FrameMeta['provenance']): string {
  const away = sources.filter(({ state }) => state === 'down').map(({ source }) => SOURCE_LABELS[source]);
  return away.length === 0 || level === 'no-data'
    ? LEVEL_WORDS[level]
    : `${LEVEL_WORDS[level]}; away: ${away.join(', ')}`;
}

function provenanceTable({ provenance }: FrameMeta, now: number): string {
  const rows = SOURCE_NAMES.map(
    (source) =>
      provenance.sources.find((reading) => reading.source === source) ?? {
        source,
        state: 'not asked',
        endpoint: '',
        asOf: null,
      },
  );
  return markdownTable(
    [{ title: 'Source' }, { title: 'State' }, { title: 'Endpoint' }, { title: 'Newest sample' }, { title: 'Why' }],
    rows.map((reading) => [
      SOURCE_LABELS[reading.source],
      reading.state,
      reading.endpoint || MISSING,
      reading.asOf === null
        ? MISSING
        : `${formatInstant(reading.asOf, 'UTC')} (${formatAge((now - reading.asOf) / 1000)} old)`,
      escapeMarkdown('reason' in reading ? (reading.reason ?? '') : ''),
    ]),
  );
}
