/** The tiles of a dashboard in Grafana's grid, in sections that a row of the dashboard can fold. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObject,
  type SceneObjectState,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { Icon, useStyles2 } from '@grafana/ui';
import { COLUMNS, type Place } from './compact-tiles';

const CELL_PX = 30;
const GAP_PX = 8;
/** Narrower than this, as in Grafana, tiles stand one below the other. */
const NARROW_PX = 768;

interface TileState extends SceneObjectState {
  place: Place;
  body: SceneObject;
}

export class Tile extends SceneObjectBase<TileState> {
  static Component = TileView;
}

/** The style sheet places the tile by these, so that a narrow grid can place it otherwise. */
const placeStyle = ({ x, y, w, h }: Place): Record<`--${string}`, string> => ({
  '--column': `${x + 1} / span ${w}`,
  '--row': `${y + 1} / span ${h}`,
  '--rows': `span ${h}`,
});

function TileView({ model }: SceneComponentProps<Tile>) {
  const { place, body } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.tile} style={placeStyle(place)} data-tile>
      <body.Component model={body} />
    </div>
  );
}

interface TileSectionState extends SceneObjectState {
  /** Undefined for the tiles above the first row. */
  title?: string;
  isCollapsed: boolean;
  tiles: Tile[];
}

/** What stands beneath a row of the dashboard, or above the first one. */
export class TileSection extends SceneObjectBase<TileSectionState> {
  static Component = TileSectionView;
  protected override _variableDependency = new VariableDependencyConfig(this, { statePaths: ['title'] });

  toggle(): void {
    this.setState({ isCollapsed: !this.state.isCollapsed });
  }
}

function TileSectionView({ model }: SceneComponentProps<TileSection>) {
  const { title, isCollapsed, tiles } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <>
      {title !== undefined && (
        <button type="button" className={styles.row} aria-expanded={!isCollapsed} onClick={() => model.toggle()}>
          <Icon name={isCollapsed ? 'angle-right' : 'angle-down'} />
          {sceneGraph.interpolate(model, title, undefined, 'text')}
          <span className={styles.count}>{tiles.length === 1 ? '1 panel' : `${tiles.length} panels`}</span>
        </button>
      )}
      {!isCollapsed && (
        <div className={styles.tiles}>
          {tiles.map((tile) => (
            <tile.Component key={tile.state.key} model={tile} />
          ))}
        </div>
      )}
    </>
  );
}

interface TileGridState extends SceneObjectState {
  sections: TileSection[];
}

export class TileGrid extends SceneObjectBase<TileGridState> {
  static Component = TileGridView;
}

function TileGridView({ model }: SceneComponentProps<TileGrid>) {
  const { sections } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.grid} data-tiles>
      {sections.map((section) => (
        <section.Component key={section.state.key} model={section} />
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({ display: 'flex', flexDirection: 'column', gap: GAP_PX, containerType: 'inline-size' }),
  tiles: css({
    display: 'grid',
    gridTemplateColumns: `repeat(${COLUMNS}, minmax(0, 1fr))`,
    gridAutoRows: CELL_PX,
    gap: GAP_PX,
    [`@container (max-width: ${NARROW_PX - 1}px)`]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  tile: css({
    position: 'relative',
    gridColumn: 'var(--column)',
    gridRow: 'var(--row)',
    [`@container (max-width: ${NARROW_PX - 1}px)`]: { gridColumn: '1', gridRow: 'var(--rows)' },
  }),
  row: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    height: CELL_PX,
    padding: 0,
    border: 'none',
    background: 'transparent',
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  count: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
