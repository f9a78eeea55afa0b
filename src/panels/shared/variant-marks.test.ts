import { createTheme } from '@grafana/data';
import { variantMarks } from './variant-marks';

const theme = createTheme();
const variants = [
  { name: 'baseline', role: 'control' },
  { name: 'enhanced', role: 'treatment' },
  { name: 'distilled', role: 'treatment' },
  { name: 'canary', role: 'shadow' },
] as const;

it('the control is an outline, treatments are filled', () => {
  const marks = variantMarks(theme, variants);
  expect(['baseline', 'enhanced', 'distilled', 'canary'].map((name) => marks.get(name)?.isHollow)).toEqual([true, false, false, true]); // prettier-ignore
});

it('a treatment keeps its colour whatever roles stand between', () => {
  const before = variantMarks(theme, variants).get('distilled');
  const reordered = variantMarks(theme, [variants[3], variants[1], variants[0], variants[2]]).get('distilled');
  expect(reordered).toEqual(before);
});

it('no two of ten arms share colour and shape', () => {
  const many = Array.from({ length: 10 }, (_, index) => ({ name: `t${index}`, role: 'treatment' as const }));
  const looks = [...variantMarks(theme, many).values()].map(({ colour, shape }) => `${colour} ${shape}`);
  expect(new Set(looks).size).toBe(10);
});

it.each(['dark', 'light'] as const)('a verdict’s or level’s hue is never a variant’s (%s)', (mode) => {
  const own = createTheme({ colors: { mode } });
  const many = Array.from({ length: 10 }, (_, index) => ({ name: `t${index}`, role: 'treatment' as const }));
  const taken = ['green', 'semi-dark-green', 'red', 'orange', 'yellow'].map((name) => own.visualization.getColorByName(name));
  for (const { colour } of variantMarks(own, many).values()) {
    expect(taken).not.toContain(colour);
  }
}); // prettier-ignore
