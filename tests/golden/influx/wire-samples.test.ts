/** Every exchange recorded from a real InfluxDB, read again: what each means must not change unseen. */
import type { HttpReply } from '../../../pkg/sources/http/exchange';
import { replyFailure } from '../../../pkg/sources/http/failures';
import { BrokenCsvError, readFluxCsv } from '../../../pkg/sources/influx/flux/annotated-csv';
import { describeRefusal, describeWords } from '../../../pkg/sources/influx/flux/failures';
import { readQueryReply } from '../../../pkg/sources/influx/influxql/wire';
import { readRows, readSqlTime } from '../../../pkg/sources/influx/sql/wire';
import type { Sample } from './samples';
import { readSamples } from './samples';

const samples = readSamples();

const ASKED = { source: 'influx', auth: { kind: 'basic', user: 'ann', password: 'hush' } } as const;

/** In a few words, so that a snapshot shows a change of meaning and not a page of numbers. */
function meaningOf({ file, request, status, body }: Sample): unknown {
  const reply: HttpReply = { status: status ?? 200, headers: {}, body };
  const refused = replyFailure(ASKED, reply);
  if (refused) {
    return refused.failure;
  }
  if (/\/ping|\/health|\/write|\/api\/v2\/(buckets|orgs|write)|dbrps/.test(request)) {
    return { status };
  }
  const isInfluxql = file.startsWith('influx-v1') || /\/query -d|-G \/query/.test(request);
  if (isInfluxql) {
    return readInfluxql(body);
  }
  return reply.status === 200 ? readFlux(body) : describeRefusal(reply, 'my-bucket').failure;
}

function readInfluxql(body: string): unknown {
  try {
    const { series, ...rest } = readQueryReply(body);
    return { ...rest, series: series.map(({ name, tags, columns, values }) => ({ name, tags, columns, rows: values.length, first: values[0] })) }; // prettier-ignore
  } catch (error) {
    return { notJson: error instanceof SyntaxError, body: body.slice(0, 60) };
  }
}

function readFlux(body: string): unknown {
  try {
    const { tables, error, isCut } = readFluxCsv(body);
    return {
      isCut,
      error: error === null ? null : describeWords(error, 'my-bucket').failure,
      tables: tables.map(({ result, columns, rows }) => ({
        result,
        columns: columns.map(({ name, datatype, isKey }) => `${name}: ${datatype || '?'}${isKey ? ' (key)' : ''}`),
        rows: rows.length,
        first: rows[0],
      })),
    };
  } catch (error) {
    if (error instanceof BrokenCsvError) {
      return { broken: error.message };
    }
    throw error;
  }
}

test('every recorded exchange is among the samples', () => {
  expect(samples.length).toBeGreaterThan(85);
  expect(samples.filter(({ status }) => status === null).length).toBeLessThan(12);
});

test.each(samples.map((sample, index) => [`${sample.file} ${String(index)}: ${sample.request.slice(0, 90).replace(/\s+/g, ' ')}`, sample] as const))(
  '%s',
  (_title, sample) => {
    expect(meaningOf(sample)).toMatchSnapshot();
  },
); // prettier-ignore

describe('InfluxDB 3', () => {
  test('leaves null columns out of a row, and a time has no zone but is UTC', () => {
    const rows = readRows('[{"time":"2065-01-07T17:28:51","a":1},{"time":"2065-01-07T17:28:51.123456789","b":"x"}]');
    expect(rows).toHaveLength(2);
    expect(rows.map(({ time }) => readSqlTime(time))).toEqual([Date.UTC(2065, 0, 7, 17, 28, 51), Date.UTC(2065, 0, 7, 17, 28, 51, 123)]); // prettier-ignore
  });

  test('answers nothing with an empty array', () => {
    expect(readRows('[]')).toEqual([]);
  });

  test('says 401 and 403 with empty bodies', () => {
    const refused = (status: number) => replyFailure(ASKED, { status, headers: {}, body: '' })?.failure;
    expect(refused(401)).toMatchObject({ class: 'auth', message: expect.stringContaining('refused') as unknown });
    expect(refused(403)).toMatchObject({ class: 'auth', reached: 'login' });
  });
});
