import { readFileSync } from 'node:fs';
import moment from 'moment-timezone/moment-timezone-utils';
import { z } from 'zod';
import { trimZones } from './time-zones';

const dataSchema = z.object({ zones: z.array(z.string()), links: z.array(z.string()) });
const whole = readFileSync(require.resolve('moment-timezone/data/packed/latest.json'), 'utf8');
const trimmed = trimZones(whole);
const before = dataSchema.parse(JSON.parse(whole));
const after = dataSchema.parse(JSON.parse(trimmed));

const FORTNIGHT_MS = 14 * 86_400_000;

function offsetAt({ untils, offsets }: moment.UnpackedZone, time: number): number | undefined {
  const period = untils.findIndex((until) => until === null || time < until);
  return offsets[period === -1 ? offsets.length - 1 : period];
}

test('every zone keeps its name, its links, and its offsets from 1970 to 2037', () => {
  expect(after.links).toEqual(before.links);
  const wrong: string[] = [];
  let compared = 0;
  before.zones.forEach((packed, index) => {
    const [zone, kept] = [moment.tz.unpack(packed), moment.tz.unpack(after.zones[index] ?? '')];
    for (let time = Date.UTC(1970, 0, 1); time < Date.UTC(2037, 11, 31); time += FORTNIGHT_MS) {
      compared += 1;
      if (kept.name !== zone.name || offsetAt(kept, time) !== offsetAt(zone, time)) {
        wrong.push(`${zone.name} at ${new Date(time).toISOString()}`);
      }
    }
  });
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(500_000);
});

test('what is left is a fifth of the whole', () => {
  expect(trimmed.length).toBeLessThan(whole.length / 5);
});
