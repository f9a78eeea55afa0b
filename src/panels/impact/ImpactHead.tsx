import { PanelHead } from '../shared/PanelHead';
import type { ImpactBlocks } from './impact-blocks';
import { Ribbon } from './Ribbon';

/** The panel's first line and, while figures may not be booked, the ribbon that says so. */
export function ImpactHead({ facts, provenance, now, figures, width }: ImpactBlocks) {
  return (
    <>
      <PanelHead facts={facts} provenance={provenance} now={now} />
      <Ribbon impact={figures.base} width={width} />
    </>
  );
}
