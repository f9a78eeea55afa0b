/**
 * The panels' icons, drawn here rather than loaded: they must be there on the first paint, in a headless host and in a
 * printed page alike.
 */
const PATHS = {
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  'circle-check': 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 1 1 8 1.2zM4.9 8.2l2.3 2.3 4-4.6',
  'circle-cross': 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 1 1 8 1.2zM5.5 5.5l5 5M10.5 5.5l-5 5',
  'circle-minus': 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 1 1 8 1.2zM4.8 8h6.4',
  'circle-info': 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 1 1 8 1.2zM8 7.3v4M8 4.6v.6',
  clock: 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 1 1 8 1.2zM8 4.4V8.2l2.5 1.4',
  warning: 'M8 1.8 15 14H1zM8 6.2v3.6M8 11.6v.6',
  'shield-check': 'M8 1.2l5.5 2v4.4c0 3.4-2.3 5.8-5.5 7.2-3.2-1.4-5.5-3.8-5.5-7.2V3.2zM5.3 7.9l2 2 3.5-3.9',
  'shield-cross':
    'M8 1.2l5.5 2v4.4c0 3.4-2.3 5.8-5.5 7.2-3.2-1.4-5.5-3.8-5.5-7.2V3.2zM5.9 5.8l4.2 4.2M10.1 5.8l-4.2 4.2',
  flask: 'M5.5 1.5h5M6.5 1.5v4.6L2.4 13a1 1 0 0 0 .9 1.5h9.4a1 1 0 0 0 .9-1.5L9.5 6.1V1.5M4.6 10h6.8',
  'dashed-ring': 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z',
} as const;

export type GlyphName = keyof typeof PATHS;

interface GlyphProps {
  name: GlyphName;
  size?: number;
  colour?: string;
}

/** A line icon of 16 units; decorative, because a word always stands beside it. */
export function Glyph({ name, size = 14, colour = 'currentColor' }: GlyphProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path
        d={PATHS[name]}
        fill="none"
        stroke={colour}
        strokeWidth={size > 20 ? 1.4 : 1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeDasharray={name === 'dashed-ring' ? '3.4 2.4' : undefined}
      />
    </svg>
  );
}
