import { css } from '@emotion/css';
import type { DataFrame } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useRef, useState } from 'react';
import type { UpliftMeta } from '../../contract/frames';
import { frameNamed } from '../shared/frames';
import { PanelHead } from '../shared/PanelHead';
import { StateMessage } from '../shared/StateMessage';
import { variantMarks } from '../shared/variant-marks';
import { readChecks, readComparisons, type ComparisonRow } from './answer';
import { ComparisonTable } from './ComparisonTable';
import type { TableContext } from './table-context';
import { Footer } from './Footer';
import { Headline } from './Headline';
import { layoutOf, fitRows, type Layout } from './layout';
import type { ComparisonOptions } from './options';
import { testFacts } from './test-facts';
import { Tile } from './Tile';

interface ComparisonViewProps {
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  options: ComparisonOptions;
  width: number;
  height: number;
  timeZone: TimeZone;
  now: number;
}

/** Heights of what stands above the rows and between them and the footer, px: the room that is left decides the rows' height. */
const ABOVE: Record<Exclude<Layout, 'tile'>, number> = { wide: 70, medium: 86, narrow: 104 };

function useContext(rows: readonly ComparisonRow[], meta: UpliftMeta | undefined, now: number): TableContext {
  const theme = useTheme2();
  const named = new Map(rows.flatMap(({ control, variant }) => [[control, 'control'], [variant, 'treatment']] as const)); // prettier-ignore
  const variants = meta?.experiment?.variants ?? Array.from(named, ([name, role]) => ({ name, role }));
  return {
    marks: variantMarks(theme, variants),
    provenance: meta?.provenance,
    alpha: meta?.experiment?.alpha ?? 0.05,
    now,
    hasManyTreatments: new Set(rows.map(({ variant }) => variant)).size > 1,
  };
}

/** Is the variant better, metric by metric, how sure, and is the test itself sound. */
export function ComparisonView({ series, meta, options, width, height, timeZone, now }: ComparisonViewProps) {
  const styles = useStyles2(getStyles);
  const frame = frameNamed(series, 'comparisons');
  const checksFrame = frameNamed(series, 'checks');
  const all = frame === undefined ? [] : readComparisons(frame, meta);
  const rows = options.metric === '' ? all : all.filter(({ metric }) => metric.id === options.metric);
  const context = useContext(rows, meta, now);
  const layout = layoutOf(width, height);
  const facts = meta?.experiment ? testFacts(meta.experiment, meta.provenance, now, timeZone, layout) : [];
  const footer = useRef<HTMLDivElement>(null);
  const [footerHeight, setFooterHeight] = useState(0);
  // Checks and failures wrap as their words need: the rows get what is left, before anything is painted.
  useLayoutEffect(
    () => setFooterHeight(footer.current?.offsetHeight ?? 0),
    [series, meta, options.showChecks, layout, width],
  );
  const [first] = rows;
  if (first === undefined) {
    const known = all.map(({ metric }) => metric.id).join(', ');
    return (
      <StateMessage
        glyph="dashed-ring"
        tone="neutral"
        title={options.metric === '' ? 'Nothing to compare' : `No metric “${options.metric}”`}
        text={
          options.metric === ''
            ? 'The answer holds no comparisons. This view reads a query of type “experiment”.'
            : `The experiment has: ${known === '' ? 'no metrics' : known}.`
        }
      />
    );
  }
  if (layout === 'tile') {
    return <Tile row={first} facts={facts} meta={meta} context={context} height={height} />;
  }
  const { height: rowHeight, hasHeader } = fitRows(layout, height - ABOVE[layout] - footerHeight, rows.length);
  return (
    <div className={styles.view}>
      <PanelHead facts={facts} provenance={meta?.provenance} now={now} />
      {meta?.headline && <Headline words={meta.headline} layout={layout} width={width} />}
      <div className={styles.rows}>
        <ComparisonTable
          rows={rows}
          context={context}
          layout={layout}
          width={width}
          rowHeight={rowHeight}
          hasHeader={hasHeader}
        />
      </div>
      {options.showChecks && (
        <div ref={footer} className={styles.footer}>
          <Footer checks={checksFrame === undefined ? [] : readChecks(checksFrame)} meta={meta} layout={layout} />
        </div>
      )}
    </div>
  );
}

const getStyles = () => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }),
  footer: css({ flex: 'none' }),
  rows: css({ flex: '0 1 auto', minHeight: 0, overflowY: 'auto', overflowX: 'hidden' }),
});
