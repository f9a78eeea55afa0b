import { parseDatabases, writeDatabases } from './database-address';

test.each([
  ['db-2:5433/mlflow, db-3', [{ host: 'db-2', port: 5433, database: 'mlflow' }, { host: 'db-3' }]],
  ['db-2\n\n db-3/other \n', [{ host: 'db-2' }, { host: 'db-3', database: 'other' }]],
  ['', []],
])('reads %j', (text, expected) => {
  expect(parseDatabases(text)).toEqual(expected);
});

test('writes what it reads', () => {
  const text = 'db-2:5433/mlflow\ndb-3';
  expect(writeDatabases(parseDatabases(text))).toBe(text);
});

test.each(['db:port/x', 'a b', ':5432'])('refuses %j', (text) => {
  expect(() => parseDatabases(text)).toThrow(`“${text}”, which is not host:port/database`);
});
