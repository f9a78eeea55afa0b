/** Which colour and shape a variant has: by role and definition order, so that a filter or a refresh never recolours it. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type { Role } from '../../contract/experiment';
import { opaque } from './tone';

export const SHAPES = ['square', 'circle', 'diamond', 'triangle', 'pentagon'] as const;
export type Shape = (typeof SHAPES)[number];

export interface VariantMark {
  colour: string;
  shape: Shape;
  /** Drawn as an outline: control, shadow and holdout, which cannot win. */
  isHollow: boolean;
  /** Width of the variant's line in a chart, px. */
  lineWidth: number;
  /** Dash pattern of the variant's line; absent for a solid one. */
  dash?: number[];
}

/** Hues of the treatments, in definition order. Green, red, orange and yellow are verdicts' and are never a variant's. */
function treatmentHues(theme: GrafanaTheme2): string[] {
  const hue = (name: string) => theme.visualization.getColorByName(name);
  const cyan = theme.isDark ? '#70DBED' : colorManipulator.darken('#70DBED', 0.5);
  return [hue('blue'), hue('purple'), cyan, hue('light-blue'), hue('super-light-purple')];
}

function markOfTreatment(theme: GrafanaTheme2, order: number): VariantMark {
  const hues = treatmentHues(theme);
  return {
    colour: hues[order % hues.length] ?? theme.colors.text.primary,
    // Past five arms the hues repeat; the shapes shift by one then, so that no two of 25 arms share both.
    shape: SHAPES[(order + Math.floor(order / hues.length)) % SHAPES.length] ?? 'square',
    isHollow: false,
    lineWidth: order === 0 ? 2 : 1.75,
  };
}

/** The mark of each variant of an experiment, from its variants in definition order. */
export function variantMarks(
  theme: GrafanaTheme2,
  variants: ReadonlyArray<{ name: string; role: Role }>,
): Map<string, VariantMark> {
  const grey = opaque(theme, theme.colors.text.primary, theme.isDark ? 0.75 : 0.65);
  const marks = new Map<string, VariantMark>();
  let treatments = 0;
  for (const { name, role } of variants) {
    switch (role) {
      case 'control':
        marks.set(name, { colour: grey, shape: 'square', isHollow: true, lineWidth: 1.5 });
        break;
      case 'treatment':
        marks.set(name, markOfTreatment(theme, treatments));
        treatments += 1;
        break;
      case 'shadow':
        marks.set(name, { colour: grey, shape: 'circle', isHollow: true, lineWidth: 1.5, dash: [4, 4] });
        break;
      case 'holdout':
        marks.set(name, { colour: grey, shape: 'diamond', isHollow: true, lineWidth: 1.5, dash: [8, 4] });
        break;
    }
  }
  return marks;
}

/** The mark of a series that belongs to no variant: by its position, in the treatments' order. */
export function markAt(theme: GrafanaTheme2, position: number): VariantMark {
  return markOfTreatment(theme, position);
}
