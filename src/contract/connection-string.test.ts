import { parseConnectionString } from './connection-string';

test.each([
  [
    'postgresql+psycopg2://user:password@host:5432/mlflow',
    { host: 'host', port: 5432, database: 'mlflow', user: 'user', password: 'password' },
  ],
  ['postgresql://host/db', { host: 'host', database: 'db' }],
  ['postgres://u@[::1]:80', { host: '::1', port: 80, user: 'u' }],
  ['postgresql+asyncpg://u:p%40ss%2F%23@h/m', { host: 'h', database: 'm', user: 'u', password: 'p@ss/#' }],
  ['postgresql://h/m?sslmode=verify-full&application_name=x', { host: 'h', database: 'm', ssl: 'verify-full' }],
  ['postgresql://h/m?sslmode=allow', { host: 'h', database: 'm', ssl: 'prefer' }],
])('reads %s', (text, expected) => {
  expect(parseConnectionString(text)).toEqual(expected);
});

test.each([
  ['mysql+pymysql://u:secret@h/m', 'must begin with postgresql://'],
  ['host:5432', 'must begin with postgresql://'],
  ['postgresql://u:secret@h:port/m', 'is not user:password@host:port/database'],
  ['postgresql:///m', 'is not user:password@host:port/database'],
  ['postgresql://u:secret@h/m?sslmode=maybe', 'has sslmode=maybe'],
])('refuses %s without repeating the password', (text, words) => {
  let message = '';
  try {
    parseConnectionString(text);
  } catch (error) {
    message = error instanceof RangeError ? error.message : '';
  }
  expect(message).toContain(words);
  expect(message).not.toContain('secret');
});
