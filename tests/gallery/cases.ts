/** Every picture the gallery can take, by name. */
import { comparisonCases } from './fixtures/comparison';
import { trendCases } from './fixtures/trend';
import type { GalleryCase } from './gallery-case';

export const CASES: Readonly<Record<string, GalleryCase>> = { ...comparisonCases, ...trendCases };
