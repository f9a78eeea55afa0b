import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import { formatAge } from '../../calc/notation';
import {
  LEVEL_LABELS,
  SOURCE_LABELS,
  type Provenance,
  type SourceName,
  type SourceReading,
} from '../../calc/provenance';
import { LevelGlyph } from './LevelGlyph';

/** What a source is stale *of*: MLflow holds the accuracies, the others are known by their own name. */
const STALE_OF: Record<SourceName, string> = { ...SOURCE_LABELS, mlflow: 'accuracy' };

function ageOf(reading: SourceReading, now: number): number | null {
  return reading.asOf === null ? null : now - reading.asOf;
}

/** What follows the level's word: the age of the newest sample, or what is stale and how old it is. */
export function ageWords(provenance: Provenance, now: number): string {
  const stale = provenance.sources.find((reading) => reading.state === 'stale' && reading.asOf !== null);
  if (stale?.asOf != null) {
    return `· ${STALE_OF[stale.source]} ${formatAge((now - stale.asOf) / 1000)} old`;
  }
  const ages = provenance.sources.flatMap((reading) => {
    const age = reading.state === 'ok' ? ageOf(reading, now) : null;
    return age === null ? [] : [age];
  });
  if (ages.length === 0) {
    const kept = provenance.sources.flatMap(({ keptAt }) => (keptAt === undefined ? [] : [keptAt]));
    return kept.length === 0 ? '' : `· kept, ${formatAge((now - Math.max(...kept)) / 1000)} old`;
  }
  const age = formatAge(Math.min(...ages) / 1000);
  return provenance.level === 'model' ? `run ${age} old` : age;
}

/** One line a source: what it contributed, from which endpoint, how old. */
export function sourceLine(reading: SourceReading, now: number): string {
  const age = ageOf(reading, now);
  const endpoint = reading.endpoint === 'primary' || reading.endpoint === '' ? '' : `, ${reading.endpoint}`;
  const asOf = age === null ? '' : `, newest sample ${formatAge(age / 1000)} old`;
  const at = reading.asOf === null ? '' : ` (${dateTimeFormat(reading.asOf, { format: 'D MMM HH:mm:ss' })})`;
  const kept =
    reading.keptAt === undefined ? '' : `, an answer ${formatAge((now - reading.keptAt) / 1000)} old stands in`;
  const words: Record<SourceReading['state'], string> = {
    ok: 'answered',
    stale: 'stale',
    empty: 'reachable, nothing for this experiment',
    down: 'not reachable',
    off: 'not configured',
  };
  // The line stands beside the source's name: a reason need not say it again.
  const reason = reading.reason?.replace(new RegExp(`^${SOURCE_LABELS[reading.source]}(’s PostgreSQL)?: `), '');
  return `${words[reading.state]}${endpoint}${asOf}${at}${kept}${reason ? `: ${reason}` : ''}`;
}

interface ProvenanceBadgeProps {
  provenance: Provenance;
  /** Epoch ms that ages are counted to. */
  now: number;
}

/** Where an answer came from, top right in every panel: level glyph, word, age; each source's part on hover and focus. */
export function ProvenanceBadge({ provenance, now }: ProvenanceBadgeProps) {
  const styles = useStyles2(getStyles);
  const age = ageWords(provenance, now);
  const sources = (
    <dl className={styles.sources}>
      {provenance.sources.map((reading) => (
        <div key={reading.source} className={styles.source}>
          <dt>{SOURCE_LABELS[reading.source]}</dt>
          <dd>{sourceLine(reading, now)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Tooltip content={sources} placement="bottom-end">
      <button
        type="button"
        className={styles.badge}
        aria-label={`Data: ${LEVEL_LABELS[provenance.level]} ${age}`.trim()}
      >
        <LevelGlyph level={provenance.level} />
        {/* The space is for those who hear the name and say it. */}
        <span className={styles.word}>{LEVEL_LABELS[provenance.level]} </span>
        {age !== '' && <span className={styles.age}>{age}</span>}
      </button>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  badge: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    flex: 'none',
    padding: 0,
    border: 0,
    background: 'none',
    cursor: 'default',
    fontSize: 12,
    lineHeight: '20px',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
  word: css({ color: theme.colors.text.primary, fontWeight: 500, letterSpacing: '0.02em' }),
  age: css({ color: theme.colors.text.secondary }),
  sources: css({ margin: 0, fontSize: 12, fontVariantNumeric: 'tabular-nums' }),
  source: css({
    display: 'flex',
    gap: 12,
    '& dt': { width: 80, flex: 'none', fontWeight: 400, color: theme.colors.text.secondary },
    '& dd': { margin: 0 },
  }),
});
