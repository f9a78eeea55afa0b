import { NUMERIC_PARAMETERS, type BusinessParameters } from '../../calc/impact/parameters';
import type { ImpactAnswer } from './answer';
import type { ImpactBlocks } from './impact-blocks';
import { impactFacts } from './impact-facts';
import { ImpactTile } from './ImpactTile';
import { heroSizeOf, layoutOf } from './layout';
import { MediumImpact } from './MediumImpact';
import { NarrowImpact } from './NarrowImpact';
import { useWhatIf } from './use-what-if';
import { WideImpact } from './WideImpact';

interface ImpactViewProps {
  answer: ImpactAnswer;
  /** Parameters the panel's own options set; must keep its identity between renders. */
  setHere: Partial<BusinessParameters>;
  hasAdvice: boolean;
  hasWhatIf: boolean;
  width: number;
  height: number;
  now: number;
}

/** What a rollout is worth: chance first, then the money, then what to do and what it hangs on. */
export function ImpactView({ answer, setHere, hasAdvice, hasWhatIf, width, height, now }: ImpactViewProps) {
  const figures = useWhatIf(answer, setHere);
  const { detail, meta, link } = answer;
  const shown = figures.whatIf ?? figures.base;
  const layout = layoutOf(width, height);
  const names = NUMERIC_PARAMETERS.filter((name) => name in setHere);
  const facts = impactFacts({ impact: shown, variant: detail?.variant, input: figures.input, setHere: names }, layout);
  const heroSize = heroSizeOf(layout, width, height);
  const blocks: ImpactBlocks = {
    figures,
    shown,
    facts,
    provenance: meta?.provenance,
    link,
    heroSize,
    hasAdvice,
    controls: hasWhatIf ? figures.controls : null,
    width,
    height,
    now,
  };
  switch (layout) {
    case 'wide':
      return <WideImpact {...blocks} />;
    case 'medium':
      return <MediumImpact {...blocks} />;
    case 'narrow':
      return <NarrowImpact {...blocks} />;
    case 'tile':
      return <ImpactTile {...blocks} />;
  }
}
