import { FailureError } from '../../src/contract/failure';
import { expandMacros, readColumn, readGroupWidth, type Macros } from './macros';

const SQL = { language: 'sql', source: 'mlflow', field: 'rawSql' } as const;
const MACROS: Macros = {
  __timeFilter: ([column]) => `${readColumn(column, '__timeFilter', 'mlflow', 'rawSql')} > 0`,
  __timeGroup: ([column, width]) => `${String(column)} / ${String(readGroupWidth(width, 15_000, 'mlflow', 'rawSql'))}`,
  __interval: () => `interval '15 s'`,
};

describe('expandMacros', () => {
  it.each([
    ['SELECT $__interval, ${__interval}', `SELECT interval '15 s', interval '15 s'`],
    ['WHERE $__timeFilter(start_time) AND x', 'WHERE start_time > 0 AND x'],
    ['WHERE $__timeFilter("r"."start $ time")', 'WHERE "r"."start $ time" > 0'],
    ["GROUP BY $__timeGroup(a, '5m'), $__timeGroup(a,$__interval), $__timeGroup(a)", 'GROUP BY a / 300000, a / 15000, a / 15000'], // prettier-ignore
    [`SELECT '$__interval', "$__interval" -- $__interval`, `SELECT '$__interval', "$__interval" -- $__interval`],
    [`SELECT '$__interval OR 1=1 --'`, `SELECT '$__interval OR 1=1 --'`],
  ])('%s', (statement, expected) => {
    expect(expandMacros(SQL, statement, MACROS)).toBe(expected);
  });

  it.each([
    ['SELECT $__timeFliter(x)', /“\$__timeFliter” is not a macro/],
    ['SELECT $__timeFilter()', /takes a column’s name first/],
    ['SELECT $__timeFilter(a b)', /takes a column’s name first/],
    ["SELECT $__timeGroup(a, '5 parsecs')", /is not the width of a time group/],
    ["SELECT $__timeGroup(a, '0m')", /is not the width of a time group/],
  ])('%s is refused with the fix', (statement, words) => {
    expect(() => expandMacros(SQL, statement, MACROS)).toThrow(words);
    expect(() => expandMacros(SQL, statement, MACROS)).toThrow(FailureError);
  });
});
