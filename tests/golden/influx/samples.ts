/** The recorded exchanges with InfluxDB 1.6 and 2.7, one a `## ` heading: what was asked, and the body that came back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  file: string;
  /** The command or script, as recorded. */
  request: string;
  /** Null where the recording was cut before the status. */
  status: number | null;
  body: string;
}

const FILES = [
  'influx-v1.txt',
  'influx-v1-auth.txt',
  'influx-v2-flux.txt',
  'influx-v2-more.txt',
  'influx-v2-types.txt',
];
const STATUS = /\n\[HTTP (\d{3})[^\n]*\]\s*(?:\n={2,} [^\n]*\s*)?$/;

export function readSamples(): Sample[] {
  return FILES.flatMap((file) => {
    const text = readFileSync(join(__dirname, 'samples', file), 'utf8');
    return text
      .split(/^## /m)
      .slice(1)
      .map((block): Sample => readSample(file, block));
  });
}

/** A request may hold line breaks of its own; the body begins where an answer's first line is recognised. */
function readSample(file: string, block: string): Sample {
  const status = STATUS.exec(block);
  const exchange = status ? block.slice(0, status.index) : block;
  const lines = exchange.split('\n');
  const isAnswer = (line: string) => /^(\{|#datatype|,result,|,error,|HTTP\/1|\r?$|404 |<|name,)/.test(line);
  const first = lines.findIndex((line, index) => index > 0 && isAnswer(line));
  const cut = first === -1 ? 1 : first;
  return {
    file,
    request: lines.slice(0, cut).join('\n'),
    status: status ? Number(status[1]) : null,
    body: lines
      .slice(cut)
      .join('\n')
      .replace(/^HTTP\/1[\s\S]*?\r?\n\r?\n/, ''),
  };
}
