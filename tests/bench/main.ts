/** `npm run bench [-- name …]`: figures for README, each measured in one run on this machine; never part of `npm test`. */
import { benchBackend } from './backend';
import { benchChart } from './chart';
import type { Figure } from './figure';
import { benchInflux } from './influx';
import { benchLoad } from './load';
import { benchSize } from './size';
import { benchMlflow } from './mlflow';
import { benchPage } from './page';
import { benchStatistics } from './statistics';

const BENCHES: Record<string, () => Promise<Figure[]>> = {
  statistics: benchStatistics,
  size: benchSize,
  backend: benchBackend,
  load: benchLoad,
  page: benchPage,
  chart: benchChart,
  mlflow: benchMlflow,
  influx: benchInflux,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}
let isWithinGoals = true;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    for (const { what, value, unit, goal } of await bench()) {
      const isMet = goal === undefined || (goal.atMost !== undefined ? value <= goal.atMost : value >= goal.atLeast);
      isWithinGoals &&= isMet;
      const words =
        goal === undefined
          ? ''
          : `  goal ${goal.atMost !== undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`}${isMet ? '' : '  MISSED'}`;
      console.log(`${name.padEnd(12)} ${what.padEnd(62)} ${value.toPrecision(4).padStart(9)} ${unit}${words}`);
    }
  }
}
process.exit(isWithinGoals ? 0 : 1);
