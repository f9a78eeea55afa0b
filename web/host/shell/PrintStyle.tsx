/**
 * The page on paper: no controls, one panel never cut in two, the grid as wide as the paper.
 */
import { css, Global } from '@emotion/react';
import { useEffect } from 'react';

/** What A4 and Letter, lying, have room for between the margins, px. */
const PAPER_WIDTH = 980;

const STYLES = css`
  @page {
    size: landscape;
    margin: 10mm;
  }
  @media print {
    [data-print='away'],
    #grafana-portal-container,
    .show-on-hover {
      display: none !important;
    }
    html,
    body {
      height: auto !important;
      overflow: visible !important;
    }
    * {
      print-color-adjust: exact;
    }
    [data-print='grid'] {
      width: var(--print-width, auto);
      zoom: var(--print-zoom, 1);
    }
    [data-tile] {
      break-inside: avoid;
    }
  }
`;

/** Makes the grid as wide as the paper while it is printed. */
function fitToPaper(): void {
  const width = document.querySelector('[data-tiles]')?.getBoundingClientRect().width ?? PAPER_WIDTH;
  const { style } = document.documentElement;
  style.setProperty('--print-width', `${width}px`);
  style.setProperty('--print-zoom', String(PAPER_WIDTH / width));
}

export function PrintStyle() {
  useEffect(() => {
    window.addEventListener('beforeprint', fitToPaper);
    return () => window.removeEventListener('beforeprint', fitToPaper);
  }, []);
  return <Global styles={STYLES} />;
}
