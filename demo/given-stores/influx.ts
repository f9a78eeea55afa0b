/** Writes line protocol to an InfluxDB that somebody else runs, over the endpoint that 1.x and 2.x share. */
import type { LineWriter } from '../history/influx';
import type { GivenStores } from './settings';

type Address = Pick<GivenStores, 'INFLUX_URL' | 'INFLUX_DATABASE' | 'DEMO_INFLUX_USER' | 'DEMO_INFLUX_PASSWORD'>;

export function influxAt(address: Address): LineWriter {
  const query = new URLSearchParams({ db: address.INFLUX_DATABASE, precision: 's' });
  const credentials = Buffer.from(`${address.DEMO_INFLUX_USER}:${address.DEMO_INFLUX_PASSWORD}`).toString('base64');
  return {
    async write(lines) {
      const response = await fetch(`${address.INFLUX_URL.replace(/\/$/, '')}/write?${query.toString()}`, {
        method: 'POST',
        headers: { authorization: `Basic ${credentials}` },
        body: lines,
      });
      const answer = await response.text();
      if (!response.ok) throw new Error(`InfluxDB refused lines: ${response.status} ${answer}`);
    },
  };
}
