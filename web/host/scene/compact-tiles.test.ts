import { compactTiles, type Place } from './compact-tiles';

const tile = (name: string, x: number, y: number, w: number, h: number) => ({ name, place: { x, y, w, h } });
const inWords = (tiles: Array<{ name: string; place: Place }>) =>
  tiles.map(({ name, place: { x, y, w, h } }) => `${name} ${x},${y} ${w}×${h}`);

it.each([
  ['what is compact stays', [tile('a', 0, 0, 24, 4), tile('b', 0, 4, 12, 8)], ['a 0,0 24×4', 'b 0,4 12×8']],
  ['a gap closes', [tile('a', 0, 3, 12, 4), tile('b', 0, 20, 12, 8)], ['a 0,0 12×4', 'b 0,4 12×8']],
  ['what overlaps moves below', [tile('a', 0, 0, 12, 4), tile('b', 6, 2, 12, 4)], ['a 0,0 12×4', 'b 6,4 12×4']],
  [
    'a column moves up on its own',
    [tile('a', 0, 0, 12, 10), tile('b', 12, 0, 12, 2), tile('c', 12, 10, 12, 3)],
    ['a 0,0 12×10', 'b 12,0 12×2', 'c 12,2 12×3'],
  ],
  ['what is too wide is as wide as the grid', [tile('a', 2, 0, 30, 4)], ['a 0,0 24×4']],
  ['what stands out on the right moves in', [tile('a', 20, 0, 12, 4)], ['a 12,0 12×4']],
  ['the order is that of reading', [tile('b', 12, 0, 12, 4), tile('a', 0, 0, 12, 4)], ['a 0,0 12×4', 'b 12,0 12×4']],
])('%s', (_case, tiles, places) => {
  expect(inWords(compactTiles(tiles))).toEqual(places);
});
