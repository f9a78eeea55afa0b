/** `impact` with `format: timeseries`: what a rollout was worth at every moment of the test, one frame a treatment. */
import type { FieldProvenance, TimeMark } from '../../src/contract/frames';
import type { ImpactValue } from '../../src/contract/query';
import type { BusinessParameters } from '../../src/contract/business';
import { FULL_DAYS_NEEDED } from '../../src/calc/impact/guards';
import type { Analysis } from '../experiment/analysis';
import type { Variant } from '../experiment/definition';
import type { WorthPoint } from '../experiment/worth-replay';
import { replayWorth } from '../experiment/worth-replay';
import type { DataFrame, Notice, NumberField } from '../sdk/frame';
import { metaOf, noticesOf } from './experiment-meta';
import type { ImpactField, NumberColumn } from './impact-frames';
import { BOUNDS, numberColumns } from './impact-frames';
import { impactOrigins } from './impact-origins';
import { countedTraffic, splitMarks } from './replay';

/**
 * @param value the one figure wanted, with its interval; all of them when absent
 * @throws FailureError when no source counted the traffic
 */
export function answerImpactReplay(
  analysis: Analysis,
  treatments: readonly Variant[],
  parameters: BusinessParameters,
  value: ImpactValue | undefined,
): DataFrame[] {
  const ledger = countedTraffic(analysis);
  return treatments.map((treatment, index): DataFrame => {
    const points = replayWorth(analysis, ledger, treatment, parameters);
    const from = standsFrom(points);
    const notices = [...(index === 0 ? noticesOf(analysis) : []), ...standing(points, from, treatment)];
    const marks: TimeMark[] = [
      ...splitMarks(analysis),
      ...(from === null ? [] : [{ at: from, kind: 'decision' as const, label: 'stands as a result' }]),
    ];
    const labels = { experiment: analysis.experiment.id, variant: treatment.name };
    const origins = impactOrigins(analysis, treatment.name, parameters);
    return {
      name: 'impact',
      meta: { ...metaOf(analysis, 'impact', { marks }), type: 'timeseries-wide', typeVersion: [0, 1], notices },
      fields: [
        { name: 'time', type: 'time', values: points.map(({ at }) => at) },
        ...columnsOf(value, parameters.currency).map(({ band, ...column }): NumberField => ({
          name: column.name,
          type: 'number',
          labels,
          config: { ...column.config, custom: { uplift: originOf(origins, column.name, band) } },
          values: points.map(({ figures }) => (figures ? column.of(figures) : null)),
        })),
      ],
    };
  });
}

type ReplayColumn = NumberColumn & { band?: 'low' | 'high' };

/** Of one figure its interval is drawn as a band; beside each other all figures are plain series. */
function columnsOf(value: ImpactValue | undefined, currency: string): ReplayColumn[] {
  const columns = numberColumns(currency);
  if (value === undefined) {
    return [...columns];
  }
  const bounds = BOUNDS[value];
  return columns.flatMap((column): ReplayColumn[] => {
    switch (column.name) {
      case value:
        return [column];
      case bounds?.low:
        return [{ ...column, band: 'low' }];
      case bounds?.high:
        return [{ ...column, band: 'high' }];
      default:
        return [];
    }
  });
}

const originOf = (
  origins: ReturnType<typeof impactOrigins>,
  name: ImpactField,
  band: 'low' | 'high' | undefined,
): Partial<FieldProvenance> => ({ ...origins[name], ...(band && { band }) });

/** From when on the figures have stood as results; null while they do not. Figures that stood all along have no such moment. */
function standsFrom(points: readonly WorthPoint[]): number | null {
  const index = points.findLastIndex(({ figures }) => figures?.state !== 'result');
  return index < 0 ? null : (points[index + 1]?.at ?? null);
}

/** Since when the figures stand, or why they do not yet: a line looks the same before and after. */
function standing(points: readonly WorthPoint[], from: number | null, { name }: Variant): Notice[] {
  const last = points.at(-1)?.figures;
  if (last?.state === 'preliminary') {
    const why = last.preliminary.map(({ message }) => message).join(' ');
    return [{ severity: 'warning', text: `${name}: all figures are preliminary. ${why}` }];
  }
  return from === null
    ? []
    : [
        {
          severity: 'info',
          text: `${name}: figures before ${new Date(from).toISOString()} are preliminary: the test was not decided, or ${FULL_DAYS_NEEDED} full days were not in.`,
        },
      ];
}
