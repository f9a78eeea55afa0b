import { FailureError } from '../../../../src/contract/failure';
import { requireReadingFlux } from './reading';

const READS = 'from(bucket: v.bucket) |> range(start: -1h)';

test.each([
  READS,
  `import "math"\n${READS} |> map(fn: (r) => ({r with x: math.abs(x: r._value)}))`,
  `import "influxdata/influxdb/schema"\nschema.tagValues(bucket: v.bucket, tag: "to")`,
  `${READS} |> filter(fn: (r) => r.page == "to the top")`,
  `// write it to a bucket\n${READS}`,
  `import "join"\nimport s "strings"\n${READS}`,
  `${READS} |> filter(fn: (r) => r.a == "import this, host: x") // import`,
  `${READS} |> map(fn: (r) => ({a: 1, host: r.host})) |> group(columns: ["host"])`,
  `${READS} |> filter(fn: (r) => r.host =~ /^web/)`,
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
  `import"http"\nhttp.post(url: "http://x")`,
  `import // it\n"http"\nhttp.post(url: "http://x")`,
  `import ä "http"\nä.post(url: "http://x")`,
  `import "\\x68ttp"\nhttp.post(url: "http://x")`,
  `import "math"import"http"\nhttp.post(url: "http://x")`,
  `import "influxdata/influxdb/secrets"\nsecrets.get(key: "x")`,
  `from(bucket: "b", host: "http://169.254.169.254", token: "t") |> range(start: -1h)`,
  `f = from\nf(bucket: "b{", host : "http://x") |> range(start: -1h)`,
  `from(bucket: "b{", host // it\n: "http://x") |> range(start: -1h) |> filter(fn: (r) => r.a =~ /x/)`,
])('%j is refused', (text) => {
  expect(() => {
    requireReadingFlux(text);
  }).toThrow(FailureError);
});
