/** The time zones' rules for the years a dashboard can show; the whole history since 1900 is five times as large. */
import moment from 'moment-timezone/moment-timezone-utils';
import type { Plugin } from 'vite';
import { z } from 'zod';

declare module 'moment' {
  interface MomentTimezone {
    /** In the library, and missing in its types. */
    unpack(packed: string): UnpackedZone;
  }
}

/** The last year the data itself has rules for. */
const YEARS = { first: 1970, last: 2037 };

const DATA = /moment-timezone\/data\/packed\/latest\.json$/;

const packedSchema = z.looseObject({ zones: z.array(z.string()) });

/** The same data without the changes before 1970. @param packed moment-timezone's JSON */
export function trimZones(packed: string): string {
  const data = packedSchema.parse(JSON.parse(packed));
  const trim = (zone: string) => moment.tz.pack(moment.tz.filterYears(moment.tz.unpack(zone), YEARS.first, YEARS.last));
  return JSON.stringify({ ...data, zones: data.zones.map(trim) });
}

export const trimTimeZones: Plugin = {
  name: 'trim-time-zones',
  enforce: 'pre',
  transform: (code, id) => (DATA.test(id) ? { code: trimZones(code), map: null } : null),
};
