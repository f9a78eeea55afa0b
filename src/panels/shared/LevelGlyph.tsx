import type { GrafanaTheme2 } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import type { Level } from '../../calc/provenance';

function shapeOf(level: Level, theme: GrafanaTheme2) {
  const hue = (name: string) => theme.visualization.getColorByName(name);
  switch (level) {
    case 'live':
      return <circle cx="6" cy="6" r="5.5" fill={hue('red')} />;
    case 'operational':
      return (
        <>
          <circle cx="6" cy="6" r="4.75" fill="none" stroke={hue('yellow')} strokeWidth="1.5" />
          <path d="M6 1.25a4.75 4.75 0 0 0 0 9.5z" fill={hue('yellow')} />
        </>
      );
    case 'model':
      return <circle cx="6" cy="6" r="4" fill="none" stroke={hue('orange')} strokeWidth="3" />;
    case 'simulated':
      return (
        <circle
          cx="6"
          cy="6"
          r="4.75"
          fill="none"
          stroke={theme.colors.text.maxContrast}
          strokeWidth="1.5"
          strokeDasharray="2.4 1.9"
        />
      );
    case 'no-data':
      return (
        <g fill="none" stroke={theme.colors.text.secondary} strokeWidth="1.5">
          <circle cx="6" cy="6" r="4.75" />
          <path d="M2.7 9.3 9.3 2.7" />
        </g>
      );
  }
}

/** The sign of an answer's level: a drawn 12 px glyph, told apart by shape as much as by colour. */
export function LevelGlyph({ level }: { level: Level }) {
  const theme = useTheme2();
  return (
    <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      {shapeOf(level, theme)}
    </svg>
  );
}
