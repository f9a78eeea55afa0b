/** What every layout of the panel is given, and the heights they share. */
import type { Impact } from '../../calc/impact/impact';
import type { Provenance } from '../../calc/provenance';
import type { Recomputed, WhatIf } from './use-what-if';

export interface ImpactBlocks {
  figures: Recomputed;
  /** The what-if while a slider is moved, else the answer. */
  shown: Impact;
  facts: readonly string[];
  provenance: Provenance | undefined;
  /** Where the dashboard's author links the chance to. */
  link: string | undefined;
  heroSize: number;
  hasAdvice: boolean;
  /** Null where sliders are switched off or there is nothing to recompute from. */
  controls: WhatIf | null;
  width: number;
  height: number;
  now: number;
}

/** Height of the first line with the gap beneath it, px. */
export const HEAD = 28;
/** Gap between the blocks of a stacked layout, px. */
export const STACK_GAP = 16;
