/** A check of the test in a few words: its name and outcome; the whole message is on hover and focus. */
import { formatPValue } from '../../calc/notation';
import type { CheckStatus } from '../../contract/frames';
import { CHECK_NAMES, CHECK_TITLES } from '../../contract/frames';
import type { CheckResult } from './answer';

const OUTCOMES: Record<CheckStatus, string> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  unknown: 'not checked',
};

/** Messages up to this length stand in the line themselves. */
const SHORT = 30;

/** `SRM ok` with `p 0.89`; `Coverage 98 %`; a message too long for the line gives way to name and outcome. */
export function checkWords({ check, status, message, pValue }: CheckResult): { words: string; detail: string } {
  const known = CHECK_NAMES.find((name) => name === check);
  const name = known === undefined ? check : CHECK_TITLES[known];
  const isNamed = message.toLowerCase().startsWith(name.toLowerCase());
  const [first = '', ...rest] = message.split(': ');
  const detail = status !== 'failed' && pValue !== null ? `p ${formatPValue(pValue)}` : '';
  if (isNamed && message.length <= SHORT && message.length > name.length) {
    return { words: message, detail };
  }
  if (isNamed && first.length <= SHORT && first.length > name.length) {
    const more = rest.join(': ');
    return { words: first, detail: detail !== '' || more.length > SHORT ? detail : more };
  }
  if (!isNamed && message !== '' && message.length <= SHORT && status !== 'ok') {
    return { words: `${name}: ${message}`, detail };
  }
  return { words: `${name} ${OUTCOMES[status]}`, detail };
}
