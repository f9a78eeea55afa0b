import type { Shape, VariantMark } from './variant-marks';

const OUTLINES: Record<Shape, string> = {
  square: 'M1 3a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z',
  circle: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  diamond: 'M6 .5 11.5 6 6 11.5 .5 6z',
  triangle: 'M6 1 11.5 11H.5z',
  pentagon: 'M6 .8 11.4 4.8 9.3 11H2.7L.6 4.8z',
};

interface SwatchProps {
  mark: VariantMark;
  size?: number;
}

/** A variant's mark: filled for a treatment, an outline for control, shadow and holdout. Always beside the variant's name. */
export function Swatch({ mark, size = 10 }: SwatchProps) {
  return (
    <svg width={size} height={size} viewBox="-1 -1 14 14" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path
        d={OUTLINES[mark.shape]}
        fill={mark.isHollow ? 'none' : mark.colour}
        stroke={mark.colour}
        strokeWidth={mark.isHollow ? 2 : 1}
      />
    </svg>
  );
}
