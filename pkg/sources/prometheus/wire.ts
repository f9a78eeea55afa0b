/** What Prometheus's HTTP API answers, read defensively: numbers are strings there, and so are `NaN` and `+Inf`. */
import { z } from 'zod';

const warnings = { warnings: z.array(z.string()).optional(), infos: z.array(z.string()).optional() };

/** Every reply of the API. VictoriaMetrics puts a number into `errorType`. */
export const envelopeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown(), ...warnings }),
  z.object({ status: z.literal('error'), errorType: z.coerce.string().default(''), error: z.string().default('') }),
]);

const labels = z.record(z.string(), z.string());
const number = z.string().transform(readNumber);

/** A native histogram's sample: `[boundary rule, lower, upper, count]` per bucket, not cumulative. */
const nativeHistogramSchema = z.object({
  count: number,
  sum: number,
  buckets: z.array(z.tuple([z.number(), number, number, number])).default([]),
});
export type NativeHistogram = z.infer<typeof nativeHistogramSchema>;

const vectorSchema = z.array(
  z.object({
    metric: labels,
    value: z.tuple([z.number(), number]).optional(),
    histogram: z.tuple([z.number(), nativeHistogramSchema]).optional(),
  }),
);

/** Points are checked one by one in `readMatrix`: a schema for each of a million of them would cost seconds. */
const matrixSchema = z.array(
  z.object({ metric: labels, values: z.array(z.unknown()).default([]), histograms: z.array(z.unknown()).optional() }),
);

const resultSchema = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: vectorSchema }),
  z.object({ resultType: z.literal('matrix'), result: matrixSchema }),
  z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), number]) }),
  z.object({ resultType: z.literal('string'), result: z.tuple([z.number(), z.string()]) }),
]);

export const stringsSchema = z.array(z.string()).nullable();
export const buildInfoSchema = z.object({ version: z.string().optional() });

export interface Sample {
  labels: Record<string, string>;
  /** Epoch ms. */
  time: number;
  value: number;
  histogram: NativeHistogram | null;
}

export interface RangeSeries {
  labels: Record<string, string>;
  /** Epoch ms of each evaluation that found something. */
  times: Float64Array;
  values: Float64Array;
}

/** An instant query's answer as samples; a scalar is one sample without labels. @throws when the shape is unknown */
export function readVector(data: unknown): Sample[] {
  const parsed = resultSchema.parse(data);
  switch (parsed.resultType) {
    case 'vector':
      return parsed.result.map(({ metric, value, histogram }) => ({
        labels: metric,
        time: (value?.[0] ?? histogram?.[0] ?? Number.NaN) * 1000,
        value: value?.[1] ?? histogram?.[1].count ?? Number.NaN,
        histogram: histogram?.[1] ?? null,
      }));
    case 'scalar':
      return [{ labels: {}, time: parsed.result[0] * 1000, value: parsed.result[1], histogram: null }];
    case 'matrix':
    case 'string':
      throw new TypeError(`a ${parsed.resultType} where samples were asked for`);
  }
}

/** A range query's answer as series. @throws when the shape is unknown */
export function readMatrix(data: unknown): RangeSeries[] {
  const parsed = resultSchema.parse(data);
  if (parsed.resultType !== 'matrix') {
    throw new TypeError(`a ${parsed.resultType} where series were asked for`);
  }
  return parsed.result.map(({ metric, values }) => {
    const times = new Float64Array(values.length);
    const numbers = new Float64Array(values.length);
    for (const [index, point] of values.entries()) {
      if (!Array.isArray(point) || typeof point[0] !== 'number' || typeof point[1] !== 'string') {
        throw new TypeError('a point that is not [time, "value"]');
      }
      times[index] = Math.round(point[0] * 1000);
      numbers[index] = readNumber(point[1]);
    }
    return { labels: metric, times, values: numbers };
  });
}

/** Prometheus's spelling of a number; anything unreadable is not a number. */
export function readNumber(text: string): number {
  switch (text) {
    case '+Inf':
    case 'Inf':
      return Infinity;
    case '-Inf':
      return -Infinity;
    case '':
      return Number.NaN;
    default:
      return Number(text);
  }
}

const alertSchema = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()).default({}),
  state: z.string(),
  activeAt: z.string().optional(),
});
export type AlertEntry = z.infer<typeof alertSchema>;
export const alertsSchema = z.object({ alerts: z.array(alertSchema) });
