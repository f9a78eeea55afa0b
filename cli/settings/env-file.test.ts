import { FailureError } from '../../src/contract/failure';
import { parseEnv, readEnvFile } from './env-file';

const valuesOf = (text: string) =>
  Object.fromEntries([...parseEnv(text, '.env')].map(([name, { value }]) => [name, value]));
const linesOf = (text: string) =>
  Object.fromEntries([...parseEnv(text, '.env')].map(([name, { line }]) => [name, line]));

test.each([
  ['plain', 'A=1\nB=two words', { A: '1', B: 'two words' }],
  ['quoted, with # and =', `A="x # y=z"\nB='a=b'`, { A: 'x # y=z', B: 'a=b' }],
  ['comments and blank lines', '# head\n\n  # indented\nA=1 # behind', { A: '1' }],
  ['export, as shells need it', 'export A=1', { A: '1' }],
  ['empty', 'A=\nB=""', { A: '', B: '' }],
  ['Windows line ends and a byte order mark', '\uFEFFA=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['a name that stands twice', 'A=1\nA=2', { A: '2' }],
  ['a quote over several lines', 'A="one\ntwo"\nB=3', { A: 'one\ntwo', B: '3' }],
])('reads values: %s', (_, text, expected) => {
  expect(valuesOf(text)).toEqual(expected);
});

test('knows the line of every variable, behind comments and quotes over several lines', () => {
  expect(linesOf('# head\nA="one\ntwo"\n\nB=3')).toEqual({ A: 2, B: 5 });
});

test.each([
  ['a line without =', 'A=1\nMLFLOW_DB_HOST db\n', 2],
  ['a name that begins with a digit', '1A=1', 1],
  ['a value without a name', '# x\n\n=1', 3],
  ['YAML', 'A: 1', 1],
  ['a quote that never ends', 'A=1\nB="open\nC=2', 2],
])('names the line that is wrong: %s', (_, text, line) => {
  expect(() => parseEnv(text, '.env')).toThrow(`Line ${line} of .env`);
});

test('never repeats a wrong line, which may be part of a secret', () => {
  let message = '';
  try {
    parseEnv('hunter2-the-password', '.env');
  } catch (error) {
    message = error instanceof FailureError ? JSON.stringify(error.failure) : '';
  }
  expect(message).toContain('Line 1');
  expect(message).not.toContain('hunter2');
});

test('a file nobody asked for may be missing, one that was asked for may not', async () => {
  await expect(readEnvFile('/no/such/.env', false)).resolves.toEqual(new Map());
  await expect(readEnvFile('/no/such/.env', true)).rejects.toThrow('/no/such/.env cannot be read (ENOENT)');
});
