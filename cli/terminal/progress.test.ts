import { showProgress } from './progress';

/** What reaches stderr while `work` runs, on a terminal or not. */
function stderrOf(isTTY: boolean, work: () => void): string {
  const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  const written: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  try {
    work();
  } finally {
    write.mockRestore();
    Reflect.deleteProperty(process.stderr, 'isTTY');
    if (before) {
      Object.defineProperty(process.stderr, 'isTTY', before);
    }
  }
  return written.join('');
}

function work() {
  const progress = showProgress('working');
  progress.say('still working');
  progress.end();
}

test('is silent when stderr is piped', () => {
  expect(stderrOf(false, work)).toBe('');
});

test('says what is being done on a terminal, and shows the cursor again', () => {
  const written = stderrOf(true, work);
  expect(written).toContain('working');
  expect(written.endsWith('\u001b[?25h')).toBe(true);
});
