/** Where the tiles of a section stand: Grafana's rule, by which each moves up as far as what is above it lets it. */

/** In cells of the grid: 24 columns, rows of 30 px. */
export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

const isAbove = (one: Place, other: Place): boolean => one.x < other.x + other.w && other.x < one.x + one.w;

/** The same tiles, in the order one reads them, none over another and none lower than it must be. */
export function compactTiles<Tile extends { place: Place }>(tiles: readonly Tile[]): Tile[] {
  const placed: Tile[] = [];
  for (const tile of tiles.toSorted(({ place: a }, { place: b }) => a.y - b.y || a.x - b.x)) {
    const above = placed.filter(({ place }) => isAbove(place, tile.place));
    const y = Math.max(0, ...above.map(({ place }) => place.y + place.h));
    placed.push({ ...tile, place: { ...tile.place, y } });
  }
  return placed.sort(({ place: a }, { place: b }) => a.y - b.y || a.x - b.x);
}
