/** The words above a picture, so that it can stand alone: what it shows, of when, and where the numbers come from. */
import { formatAge } from '../../src/calc/notation';
import { LEVEL_LABELS, SOURCE_LABELS, type SourceName } from '../../src/calc/provenance';
import { formatInstant } from '../report/instants';
import type { PageDashboard, PageProvenance } from './page-api';

export interface Caption {
  title: string;
  /** Variables and range of the dashboard; a test's own window stands in its panels. */
  subject: string;
  level: string;
  /** Sources with the age of their newest sample. */
  sources: string;
  taken: string;
}

/** How Grafana writes in an address that a variable holds nothing back. */
const ALL = '$__all';

export interface CaptionFacts {
  dashboard: PageDashboard;
  /** The address the page has settled on: its variables, and the range where it is not the dashboard's own. */
  address: string;
  provenance: PageProvenance | null;
  /** Epoch ms. */
  now: number;
  timeZone: string;
}

export function captionOf({ dashboard, address, provenance, now, timeZone }: CaptionFacts): Caption {
  const query = new URL(address).searchParams;
  const variables = [...dashboard.variables].flatMap(([name, label]) => {
    const values = query.getAll(`var-${name}`).filter((value) => value !== '' && value !== ALL);
    return values.length === 0 ? [] : [`${label} ${values.join(', ')}`];
  });
  const { from, to } = dashboard.time;
  const range = `${endOf(query.get('from') ?? from, timeZone)} to ${endOf(query.get('to') ?? to, timeZone)}`;
  return {
    title: dashboard.title,
    subject: [...variables, range].join(' · '),
    level: provenance === null ? 'provenance not known' : LEVEL_LABELS[provenance.level],
    sources: provenance === null ? '' : describeSources(provenance, now),
    taken: formatInstant(now, timeZone),
  };
}

function endOf(text: string, timeZone: string): string {
  return /^\d+$/.test(text) ? formatInstant(Number(text), timeZone) : text;
}

/** Each source once, as its worst reading: a dashboard of several experiments has one for each of them. */
function describeSources({ sources }: PageProvenance, now: number): string {
  const age = (asOf: number | null) => (asOf === null ? Infinity : now - asOf);
  const worst = new Map<SourceName, PageProvenance['sources'][number]>();
  for (const reading of sources.filter(({ state }) => state !== 'off')) {
    const known = worst.get(reading.source);
    const isWorse =
      known === undefined || (known.state === 'ok' && (reading.state !== 'ok' || age(reading.asOf) > age(known.asOf)));
    if (isWorse) {
      worst.set(reading.source, reading);
    }
  }
  return [...worst.values()]
    .map(({ source, state, asOf }) => {
      const words = asOf === null ? '' : ` ${formatAge((now - asOf) / 1000)} old`;
      return state === 'ok' ? `${SOURCE_LABELS[source]}${words}` : `${SOURCE_LABELS[source]} ${state}${words}`;
    })
    .join(', ');
}
