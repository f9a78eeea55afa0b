import type { CheckResult } from './answer';
import { checkWords } from './check-words';

const check = (own: Partial<CheckResult>): CheckResult => ({
  check: 'srm',
  status: 'ok',
  pValue: null,
  message: '',
  ...own,
});

it.each([
  [check({ pValue: 0.89, message: 'The split is as declared.' }), 'SRM ok', 'p 0.89'],
  [check({ status: 'failed', pValue: 1e-9, message: 'Traffic is 66.1/33.9, expected 70/30: fix it.' }), 'SRM failed', ''],
  [check({ check: 'coverage', message: 'Coverage 98 %' }), 'Coverage 98 %', ''],
  [check({ check: 'freshness', status: 'warning', message: 'Freshness: accuracy 41 d' }), 'Freshness: accuracy 41 d', ''],
  [check({ check: 'aa_calibration', status: 'warning', message: 'A/A calibration 1.2×: intervals widened' }), 'A/A calibration 1.2×', 'intervals widened'],
  [check({ check: 'split_changed', status: 'unknown', message: 'No gauge of the traffic percentage is mapped.' }), 'Split not checked', ''],
  [check({ check: 'my_check', status: 'warning', message: 'a very long message that has no room in the line itself' }), 'my_check warning', ''],
] as const)('a check in a few words: %#', (result, words, detail) => {
  expect(checkWords(result)).toEqual({ words, detail });
}); // prettier-ignore
