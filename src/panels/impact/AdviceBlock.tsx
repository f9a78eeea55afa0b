import { AdviceList } from './AdviceList';
import { Caveats } from './Caveats';
import type { ImpactBlocks } from './impact-blocks';

interface AdviceBlockProps extends Pick<ImpactBlocks, 'figures' | 'shown' | 'hasAdvice'> {
  mostAdvice: number;
  mostCaveats: number;
}

/** What to do next, and beneath it what to know before believing the money. */
export function AdviceBlock({ figures, shown, hasAdvice, mostAdvice, mostCaveats }: AdviceBlockProps) {
  return (
    <div>
      {hasAdvice && <AdviceList advice={figures.advice} isWhatIf={figures.whatIf !== null} most={mostAdvice} />}
      <Caveats warnings={shown.warnings} most={mostCaveats} />
    </div>
  );
}
