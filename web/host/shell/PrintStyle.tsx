/**
 * The page on paper: no controls, one panel never cut in two, the grid as wide as the paper. Panels stand in a grid by
 * absolute position, which no page break respects; on paper they flow.
 */
import { css, Global } from '@emotion/react';
import { useEffect } from 'react';

/** What A4 and Letter, lying, have room for between the margins, px. */
const PAPER_WIDTH = 980;
const GAP = 8;

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
    main .react-grid-layout {
      position: static !important;
      width: auto !important;
      height: auto !important;
    }
    main .react-grid-item {
      position: static !important;
      transform: none !important;
      display: inline-block;
      vertical-align: top;
      margin: 0 ${GAP}px ${GAP}px 0;
      break-inside: avoid;
    }
    /* The panel inside fills its item by absolute position. */
    main .react-grid-item > * {
      position: relative;
      height: 100%;
    }
  }
`;

/** Makes the grid as wide as the paper while it is printed. */
function fitToPaper(): void {
  const grid = document.querySelector('main .react-grid-layout');
  // The last panel of a row brings its gap along.
  const width = (grid?.getBoundingClientRect().width ?? PAPER_WIDTH) + GAP;
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
