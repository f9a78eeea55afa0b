/** Where the tiles of a section stand: Grafana's rule, by which each moves up as far as what is above it lets it. */

/** Of Grafana's grid. */
export const COLUMNS = 24;

/** In cells of the grid. */
export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

const isAbove = (one: Place, other: Place): boolean => one.x < other.x + other.w && other.x < one.x + one.w;

const inReadingOrder = ({ place: a }: { place: Place }, { place: b }: { place: Place }): number =>
  a.y - b.y || a.x - b.x;

/** A place within the grid: what is too wide, or too far to the right, would make columns of its own. */
function fitPlace({ x, y, w, h }: Place): Place {
  const width = Math.min(w, COLUMNS);
  return { x: Math.min(x, COLUMNS - width), y, w: width, h };
}

/** The same tiles, in the order one reads them, none over another and none lower than it must be. */
export function compactTiles<Tile extends { place: Place }>(tiles: readonly Tile[]): Tile[] {
  const placed: Tile[] = [];
  for (const tile of tiles.toSorted(inReadingOrder)) {
    const fitted = fitPlace(tile.place);
    const above = placed.filter(({ place }) => isAbove(place, fitted));
    const y = Math.max(0, ...above.map(({ place }) => place.y + place.h));
    placed.push({ ...tile, place: { ...fitted, y } });
  }
  return placed.sort(inReadingOrder);
}
