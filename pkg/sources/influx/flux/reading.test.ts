import { FailureError } from '../../../../src/contract/failure';
import { requireReadingFlux } from './reading';

const READS = 'from(bucket: v.bucket) |> range(start: -1h)';

test.each([
  READS,
  `import "math"\n${READS} |> map(fn: (r) => ({r with x: math.abs(x: r._value)}))`,
  `import "influxdata/influxdb/schema"\nschema.tagValues(bucket: v.bucket, tag: "to")`,
  `${READS} |> filter(fn: (r) => r.page == "to the top")`,
  `// write it to a bucket\n${READS}`,
])('%j reads', (text) => {
  expect(() => {
    requireReadingFlux(text);
  }).not.toThrow();
});

test.each([
  `${READS} |> to(bucket: "x")`,
  `${READS} |> wideTo(bucket: "x")`,
  `w = to\n${READS} |> w(bucket: "x")`,
  `import "experimental"\n${READS} |> experimental.to(bucket: "x")`,
  `import e "experimental"\n${READS} |> e.to(bucket: "x")`,
  `import "http"\nhttp.post(url: "http://x")`,
  `import "sql"\nsql.from(driverName: "postgres", dataSourceName: "", query: "")`,
  `${READS} |> filter(fn: (r) => r.a =~ /"/) |> to(bucket: "x") |> filter(fn: (r) => r.a =~ /"/)`,
  `x = "\${from(bucket: "a") |> to(bucket: "b")}"`,
])('%j is refused', (text) => {
  expect(() => {
    requireReadingFlux(text);
  }).toThrow(FailureError);
});
