/** Every picture the gallery can take, by name. */
import { comparisonCases } from './fixtures/comparison';
import { hostileCases } from './fixtures/hostile';
import { replayCases } from './fixtures/replay';
import { monitorCases } from './fixtures/monitor';
import { overviewCases } from './fixtures/overview';
import { trendCases } from './fixtures/trend';
import { impactCases } from './fixtures/impact';
import type { GalleryCase } from './gallery-case';

export const CASES: Readonly<Record<string, GalleryCase>> = {
  ...comparisonCases,
  ...hostileCases,
  ...overviewCases,
  ...impactCases,
  ...trendCases,
  ...replayCases,
  ...monitorCases,
};
