import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatAge, formatValue } from '../../../calc/notation';
import type { UpliftMeta } from '../../../contract/frames';
import { frameNamed, numberAt, rowsOf, textAt } from '../../shared/frames';
import { Glyph, type GlyphName } from '../../shared/Glyph';
import { PanelHead } from '../../shared/PanelHead';
import { SOURCE_LABELS } from '../../../calc/provenance';
import { toneColours, type Tone } from '../../shared/tone';
import { isSourceName } from '../answer';
import { FrameTable, type TableColumn } from './FrameTable';
import { WrongFrames } from './WrongFrames';

interface SourceRow {
  source: string;
  state: string;
  latency: number | null;
  error: string | null;
  hint: string | null;
  endpoint: string | null;
  newest: number | null;
}

/** From this width on, errors and hints have a column of their own; below it the error stands under the state. */
const HINT_FROM = 560;

const STATES: Readonly<Record<string, { words: string; glyph: GlyphName; tone: Tone }>> = {
  ok: { words: 'answers', glyph: 'check', tone: 'win' },
  stale: { words: 'stale', glyph: 'clock', tone: 'warning' },
  empty: { words: 'empty', glyph: 'dashed-ring', tone: 'neutral' },
  down: { words: 'down', glyph: 'cross', tone: 'loss' },
  off: { words: 'not configured', glyph: 'circle-minus', tone: 'neutral' },
};

function readSources(frame: DataFrame): SourceRow[] {
  return rowsOf(frame).map((row) => ({
    source: textAt(frame, 'source', row) ?? '',
    state: textAt(frame, 'state', row) ?? '',
    latency: numberAt(frame, 'latency_ms', row),
    error: textAt(frame, 'error', row),
    hint: textAt(frame, 'hint', row),
    endpoint: textAt(frame, 'endpoint', row),
    newest: numberAt(frame, 'newest_sample', row),
  }));
}

interface SourcesViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  width: number;
  now: number;
}

/** Each source: does it answer, how fast, how fresh, and if not, why and what to do. */
export function SourcesView({ series, meta, width, now }: SourcesViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const frame = frameNamed(series, 'sources');
  if (frame === undefined) {
    return <WrongFrames view="sources" needs="sources" queryType="status" />;
  }
  const columns: Array<TableColumn<SourceRow>> = [
    {
      title: 'Source',
      width: 'minmax(90px, 1fr)',
      cell: ({ source, endpoint }) => (
        <>
          <div className={styles.name}>{isSourceName(source) ? SOURCE_LABELS[source] : source}</div>
          {endpoint !== null && <div className={styles.small}>{endpoint}</div>}
        </>
      ),
    },
    {
      title: 'State',
      // The error stands here where there is no column for it.
      width: width < HINT_FROM ? 'minmax(110px, 2fr)' : 'minmax(110px, 1fr)',
      cell: ({ state, error }) => {
        const look = STATES[state] ?? { words: state, glyph: 'dashed-ring' as const, tone: 'neutral' as const };
        return (
          <>
            <span className={styles.state}>
              <Glyph name={look.glyph} colour={toneColours(theme, look.tone).text} />
              {look.words}
            </span>
            {width < HINT_FROM && error !== null && <div className={styles.small}>{error}</div>}
          </>
        );
      },
    },
    { title: 'Latency', width: '70px', isNumber: true, cell: ({ latency }) => formatValue(latency, 'ms') },
    {
      title: 'Newest',
      width: '70px',
      isNumber: true,
      from: 420,
      cell: ({ newest }) => formatAge(newest === null ? null : (now - newest) / 1000),
    },
    {
      title: 'What to do',
      width: 'minmax(120px, 3fr)',
      from: HINT_FROM,
      cell: ({ error, hint }) => (
        <>
          {error !== null && <div>{error}</div>}
          {hint !== null && <div className={styles.small}>{hint}</div>}
        </>
      ),
    },
  ];
  return (
    <div className={styles.view}>
      <PanelHead facts={['Each source on its own']} provenance={meta?.provenance} now={now} />
      <FrameTable
        label="Sources"
        columns={columns}
        rows={readSources(frame)}
        keyOf={({ source }) => source}
        width={width}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }),
  name: css({ fontWeight: 500 }),
  small: css({ fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary }),
  state: css({ display: 'inline-flex', alignItems: 'center', gap: 6 }),
});
