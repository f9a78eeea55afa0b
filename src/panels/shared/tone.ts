/** Colours by meaning. Words take the theme's text tones, marks the visualisation hues, fills a tint of those. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

export type Tone = 'win' | 'loss' | 'warning' | 'neutral';

export interface ToneColours {
  /** For words and icons. */
  text: string;
  /** For bars, lines and ticks. */
  mark: string;
  /** For a chip's or a region's fill. */
  tint: string;
}

function channelsOf(colour: string): number[] {
  const values: unknown = colorManipulator.decomposeColor(colour).values;
  return Array.isArray(values) ? values.map(Number) : [];
}

/** `colour` laid over the panel's background at `strength` (0…1), as a colour without transparency. */
export function opaque(theme: GrafanaTheme2, colour: string, strength: number): string {
  const above = channelsOf(colour);
  const below = channelsOf(theme.colors.background.primary);
  const channel = (index: 0 | 1 | 2) =>
    Math.round((above[index] ?? 0) * strength + (below[index] ?? 0) * (1 - strength));
  return `rgb(${channel(0)}, ${channel(1)}, ${channel(2)})`;
}

/**
 * The colours of a tone. Light themes take the darker hue, so that marks keep 4.5:1 on white; the neutral mark is
 * opaque, because lines run beneath it.
 */
export function toneColours(theme: GrafanaTheme2, tone: Tone): ToneColours {
  const { colors, visualization, isDark } = theme;
  switch (tone) {
    case 'win': {
      const mark = visualization.getColorByName(isDark ? 'green' : 'semi-dark-green');
      return {
        text: colors.success.text,
        mark,
        tint: colorManipulator.alpha(colors.success.main, isDark ? 0.25 : 0.12),
      };
    }
    case 'loss': {
      const mark = visualization.getColorByName('red');
      return { text: colors.error.text, mark, tint: colorManipulator.alpha(mark, isDark ? 0.16 : 0.12) };
    }
    case 'warning': {
      const mark = visualization.getColorByName('orange');
      return { text: colors.warning.text, mark, tint: colorManipulator.alpha(mark, isDark ? 0.16 : 0.12) };
    }
    case 'neutral':
      return {
        text: colors.text.secondary,
        mark: opaque(theme, colors.text.primary, isDark ? 0.62 : 0.5),
        tint: colorManipulator.alpha(colors.text.primary, isDark ? 0.12 : 0.08),
      };
  }
}
