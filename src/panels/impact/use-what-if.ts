/** The what-if: parameters moved in the browser, recomputed with the same function the backend used. */
import { useMemo, useState } from 'react';
import { estimateImpact } from '../../calc/impact/estimate-impact';
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import type { BusinessParameters, NumericParameter } from '../../calc/impact/parameters';
import { recommend } from '../../calc/impact/recommendations';
import { isImpactRefusal, type ImpactRefusal } from '../../calc/impact/refusal';
import type { ImpactDetail } from '../../contract/frames';
import type { Advice, ImpactAnswer } from './answer';

export type Moves = Partial<Record<NumericParameter, number>>;

/** The sliders: where they start, where they are, and what the panel's own parameters refuse. */
export interface WhatIf {
  currency: string;
  /** What the sliders start from; null where nothing is known to start from. */
  start: Record<NumericParameter, number | null>;
  moves: Moves;
  move: (name: NumericParameter, value: number) => void;
  reset: () => void;
}

export interface Recomputed {
  /** Under the parameters the panel starts with. */
  base: Impact;
  /** Under the moved sliders; null while none is moved, or while they are refused. */
  whatIf: Impact | null;
  /** The inputs behind what is shown; absent when the answer carries none. */
  input: ImpactInput | undefined;
  /** Advice that goes with what is shown. */
  advice: Advice[];
  /** Why the parameters as they stand give no answer. */
  refusal: ImpactRefusal | null;
  /** Null without the inputs to recompute from. */
  controls: WhatIf | null;
}

/** The answer with the panel's own parameters and the sliders laid over it. `setHere` must keep its identity between renders. */
export function useWhatIf(answer: ImpactAnswer, setHere: Partial<BusinessParameters>): Recomputed {
  const [moves, setMoves] = useState<Moves>({});
  const { detail } = answer;
  const base = useMemo(() => recompute(detail, setHere), [detail, setHere]);
  const moved = useMemo(() => recompute(detail, moves, setHere), [detail, setHere, moves]);
  const shown = moved ?? base;
  const baseImpact = base?.impact ?? answer.impact;
  return {
    base: baseImpact,
    whatIf: moved?.impact ?? null,
    input: shown?.input ?? detail?.input,
    advice: shown?.advice ?? answer.advice,
    refusal: shown?.refusal ?? null,
    controls:
      detail === undefined
        ? null
        : {
            currency: baseImpact.currency,
            start: startOf({ ...detail.input.parameters, ...setHere }, baseImpact),
            moves,
            move: (name, value) => setMoves((before) => ({ ...before, [name]: value })),
            reset: () => setMoves({}),
          },
  };
}

interface Recomputation {
  input: ImpactInput | undefined;
  impact: Impact | null;
  advice: Advice[] | null;
  refusal: ImpactRefusal | null;
}

/** The impact with these parameters changed; null when nothing is changed, or there is nothing to compute from. */
function recompute(
  detail: ImpactDetail | undefined,
  changes: Partial<BusinessParameters>,
  beneath: Partial<BusinessParameters> = {},
): Recomputation | null {
  if (detail === undefined || Object.keys(changes).length === 0) {
    return null;
  }
  const { variant, control } = detail;
  const input = { ...detail.input, parameters: { ...detail.input.parameters, ...beneath, ...changes } };
  const impact = estimateImpact(input);
  return isImpactRefusal(impact)
    ? { input: undefined, impact: null, advice: null, refusal: impact }
    : { input, impact, advice: recommend({ variant, control, input, impact }), refusal: null };
}

/** Requests a day start from the measured ones where no parameter sets them. */
const startOf = (parameters: BusinessParameters, { requestsPerDay }: Impact): WhatIf['start'] => ({
  ...parameters,
  requestsPerDay: parameters.requestsPerDay ?? requestsPerDay,
});
