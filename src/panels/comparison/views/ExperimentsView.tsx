import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { formatAge, formatCount } from '../../../calc/notation';
import { LEVELS, type Level } from '../../../calc/provenance';
import { VERDICTS, type Verdict } from '../../../calc/verdict';
import type { UpliftMeta } from '../../../contract/frames';
import { choiceAt, frameNamed, numberAt, rowsOf, textAt } from '../../shared/frames';
import { dayOf, writeInstant } from '../../shared/instants';
import { LevelGlyph } from '../../shared/LevelGlyph';
import { PanelHead } from '../../shared/PanelHead';
import { verdictLook } from '../chip';
import { VerdictChip } from '../VerdictChip';
import { FrameTable, type TableColumn } from './FrameTable';
import { WrongFrames } from './WrongFrames';

interface ExperimentRow {
  id: string;
  name: string;
  owner: string | null;
  status: string;
  start: number | null;
  end: number | null;
  control: string | null;
  leading: string | null;
  verdict: Verdict | null;
  requests: number | null;
  level: Level;
  ageSeconds: number | null;
  link: string | undefined;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  active: 'active',
  scheduled: 'scheduled',
  ended: 'ended',
  'no-start': 'no known start',
  misconfigured: 'needs fixing',
};

function readExperiments(frame: DataFrame): ExperimentRow[] {
  const link = frame.fields.find(({ name }) => name === 'experiment');
  return rowsOf(frame).map((row) => {
    const id = textAt(frame, 'experiment', row) ?? '';
    const verdict = textAt(frame, 'verdict', row);
    return {
      id,
      name: textAt(frame, 'name', row) ?? id,
      owner: textAt(frame, 'owner', row),
      status: textAt(frame, 'status', row) ?? '',
      start: numberAt(frame, 'start', row),
      end: numberAt(frame, 'end', row),
      control: textAt(frame, 'control', row),
      leading: textAt(frame, 'leading', row),
      verdict: VERDICTS.find((known) => known === verdict) ?? null,
      requests: numberAt(frame, 'requests_24h', row),
      level: choiceAt(frame, 'level', row, LEVELS, 'no-data'),
      ageSeconds: numberAt(frame, 'age_seconds', row),
      link: link?.getLinks?.({ valueRowIndex: row })[0]?.href,
    };
  });
}

/** Below this width a row is name, status and verdict, px. */
const NARROW_BELOW = 480;

interface ExperimentsViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  width: number;
  timeZone: TimeZone;
  now: number;
}

/** Every experiment with its status, who leads, and where its numbers come from. */
export function ExperimentsView({ series, meta, width, timeZone, now }: ExperimentsViewProps) {
  const styles = useStyles2(getStyles);
  const frame = frameNamed(series, 'experiments');
  if (frame === undefined) {
    return <WrongFrames view="experiments" needs="experiments" queryType="overview" />;
  }
  const rows = readExperiments(frame);
  const isNarrow = width < NARROW_BELOW;
  const active = rows.filter(({ status }) => status === 'active').length;
  const columns: Array<TableColumn<ExperimentRow>> = [
    {
      title: 'Experiment',
      width: isNarrow ? 'minmax(88px, 2fr)' : 'minmax(120px, 2fr)',
      cell: ({ name, owner, link }) => (
        <>
          <div className={styles.name}>{link === undefined ? name : <a href={link}>{name}</a>}</div>
          {owner !== null && <div className={styles.small}>{owner}</div>}
        </>
      ),
    },
    {
      title: 'Status',
      width: isNarrow ? 'minmax(64px, 1fr)' : 'minmax(84px, 1fr)',
      cell: ({ status, start, end }) => (
        <>
          <div>{STATUS_WORDS[status] ?? status}</div>
          {start !== null && (
            <div className={styles.small}>
              {status === 'active' ? `day ${dayOf(start, now)}` : writeInstant(end ?? start, now, timeZone, false)}
            </div>
          )}
        </>
      ),
    },
    { title: 'Leading', width: 'minmax(100px, 1fr)', from: 480, cell: ({ leading, control }) => (
        <>
          <div>{leading ?? '–'}</div>
          {control !== null && <div className={styles.small}>against {control}</div>}
        </>
      ) },
    { title: 'Verdict', width: '140px', cell: ({ verdict }) => (verdict === null ? '–' : <VerdictChip look={verdictLook(verdict)} isSmall={isNarrow} />) },
    { title: 'Requests, 24 h', width: '100px', isNumber: true, from: 560, cell: ({ requests }) => formatCount(requests) },
    { title: 'Data', width: '76px', from: 640, cell: ({ level, ageSeconds }) => (
        <span className={styles.level}>
          <LevelGlyph level={level} />
          {formatAge(ageSeconds)}
        </span>
      ) },
  ]; // prettier-ignore
  return (
    <div className={styles.view}>
      <PanelHead
        facts={[`${rows.length} ${rows.length === 1 ? 'experiment' : 'experiments'}`, `${active} active`]}
        provenance={meta?.provenance}
        now={now}
      />
      <FrameTable label="Experiments" columns={columns} rows={rows} keyOf={({ id }) => id} width={width} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }),
  name: css({ fontWeight: 500, '& a': { color: theme.colors.text.link } }),
  small: css({ fontSize: 11, lineHeight: '16px', whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
  level: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    fontSize: 12,
    color: theme.colors.text.secondary,
  }),
});
