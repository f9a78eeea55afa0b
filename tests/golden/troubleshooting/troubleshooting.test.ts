/** docs/troubleshooting.md against the source: every failure the product can word is in it, with its fix. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { socketFailure } from '../../../pkg/sources/http/failures';
import { FAILURE_CLASSES } from '../../../src/contract/failure';
import { findFailures } from './failures';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const DOCUMENT = path.join(ROOT, 'docs/troubleshooting.md');
const BEGIN = '<!-- Every message, from the source: UPLIFT_WRITE_DOCS=1 npx jest tests/golden/troubleshooting -->';
const WORD_BY = 'Write the list anew: UPLIFT_WRITE_DOCS=1 npx jest tests/golden/troubleshooting';

const failures = findFailures(ROOT, ['src/contract', 'src/calc', 'pkg', 'cli']);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

/** A table a class; a message that is all holes has nothing to look up. */
function writeList(): string {
  const sections = FAILURE_CLASSES.flatMap((kind) => {
    const rows = failures.filter((one) => one.class === kind && /[a-z]{3}/.test(one.message));
    return rows.length === 0
      ? []
      : [
          [`### Class \`${kind}\``, '', '| You read | Do this |', '| --- | --- |']
            .concat(rows.map(({ message, fix }) => `| ${cell(message)} | ${cell(fix)} |`))
            .join('\n'),
        ];
  });
  return `${sections.join('\n\n')}\n`;
}

const read = (): string => readFileSync(DOCUMENT, 'utf8');

test('every message is listed with what to do, and none that is no more', () => {
  const [text = '', listed] = read().split(`${BEGIN}\n\n`);
  if (process.env['UPLIFT_WRITE_DOCS'] === '1') {
    writeFileSync(DOCUMENT, `${text}${BEGIN}\n\n${writeList()}`);
    return;
  }
  expect({ listed, WORD_BY }).toEqual({ listed: writeList(), WORD_BY });
});

test('there is something to list in every class a store can fail by', () => {
  const classes = new Set(failures.map((failure) => failure.class));
  expect([...classes].sort()).toEqual([...FAILURE_CLASSES].sort());
});

test.each([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'HPE_INVALID_CONSTANT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'EPROTO',
])('what %s means is explained, with its cause', (code) => {
  const failure = socketFailure('prometheus', code, 'prometheus.url');
  const words = (failure?.message ?? '').replace(/^Prometheus:? /, '').replace(/\.$/, '');
  expect(words).not.toBe('');
  expect(read()).toContain(words);
});

test('every class has its own heading and cause', () => {
  for (const kind of FAILURE_CLASSES) {
    expect(read()).toMatch(new RegExp(`^\\| \`${kind}\` +\\|`, 'm'));
  }
});
