import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDefinitions } from './definitions';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uplift-definitions-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, text: string) => {
  await writeFile(path.join(folder, name), text);
};
const read = () => readDefinitions([folder], true);

test('reads one definition a file, several under experiments, or a list; in order of name', async () => {
  await write('b.yaml', 'id: one\nstart: 2026-03-03T09:00:00+01:00\n');
  await write('a.yml', 'experiments:\n  - id: two\n  - id: three\n');
  await write('c.json', '[{"id": "four"}]');
  await write('notes.md', '# not a definition');
  const files = await read();
  expect(files.flatMap(({ definitions }) => definitions.map(({ id }) => id))).toEqual(['two', 'three', 'one', 'four']);
  expect(files.flatMap(({ failures }) => failures)).toEqual([]);
});

test('a time stays the text it was written as, offset and all', async () => {
  await write('a.yaml', 'id: one\nstart: 2026-03-03T09:00:00+01:00\n');
  expect((await read())[0]?.definitions[0]?.start).toBe('2026-03-03T09:00:00+01:00');
});

test.each([
  ['YAML that is none, by its line', 'id: one\n  name: [', /a\.yaml, line 2/],
  ['a time without an offset', 'id: one\nstart: 2026-03-03 09:00', /“one”\): start: .*offset/],
  ['a role that is none', 'id: one\nvariants:\n  - name: a\n    role: kontrol', /variants\.0\.role/],
  ['a field nobody knows', 'id: one\nplannedtotal: 5', /there is no field “plannedtotal”/],
  ['a nested field nobody knows', 'id: one\nvariants:\n  - name: a\n    rol: control', /no field “variants\.0\.rol”/],
  ['an empty file', '\n', /a\.yaml: not a definition/],
  ['no id', 'name: x', /id: /],
])('names file and field: %s', async (_, text, words) => {
  await write('a.yaml', text);
  const [file] = await read();
  expect(file?.definitions).toEqual([]);
  expect(file?.failures.map(({ message }) => message).join()).toMatch(words);
});

test('a wrong definition does not take the sound ones of its file with it', async () => {
  await write('a.yaml', '- id: good\n- id: bad\n  alpha: 2\n');
  const [file] = await read();
  expect(file?.definitions.map(({ id }) => id)).toEqual(['good']);
  expect(file?.failures).toHaveLength(1);
});

test('an id defined twice is a failure that names both files', async () => {
  await write('a.yaml', 'id: one');
  await write('b.yaml', 'id: one');
  const failures = (await read()).flatMap((file) => file.failures);
  expect(failures.map(({ message }) => message)).toEqual([expect.stringMatching(/b\.yaml.*“one”.*a\.yaml/)]);
});

test('patterns are expanded, as a shell would', async () => {
  await write('a.yaml', 'id: one');
  await write('b.yaml', 'id: two');
  const files = await readDefinitions([path.join(folder, '*.yaml')], true);
  expect(files.map(({ file }) => path.basename(file))).toEqual(['a.yaml', 'b.yaml']);
});

test('a path that was asked for and means nothing is an error; the default may be empty', async () => {
  await expect(readDefinitions([path.join(folder, '*.yaml')], true)).rejects.toThrow('means no file');
  await expect(readDefinitions([path.join(folder, '*.yaml')], false)).resolves.toEqual([]);
});
