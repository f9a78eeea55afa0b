import { showProgress } from './progress';

const TERMINAL = { cursorTo: () => true, clearLine: () => true, moveCursor: () => true };

// On a runner nothing moves, terminal or not; these tests are about a person's.
const { CI } = process.env;
beforeAll(() => Reflect.deleteProperty(process.env, 'CI'));
afterAll(() => {
  if (CI !== undefined) {
    process.env['CI'] = CI;
  }
});

/** What reaches stderr while `work` runs, on a terminal or not. */
function stderrOf(isTTY: boolean, work: () => void): string {
  const overlay = { isTTY, ...TERMINAL };
  const before = Object.keys(overlay).map(
    (name) => [name, Object.getOwnPropertyDescriptor(process.stderr, name)] as const,
  );
  for (const [name, value] of Object.entries(overlay)) {
    Object.defineProperty(process.stderr, name, { value, configurable: true });
  }
  const written: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  try {
    work();
  } finally {
    write.mockRestore();
    for (const [name, descriptor] of before) {
      Reflect.deleteProperty(process.stderr, name);
      if (descriptor) {
        Object.defineProperty(process.stderr, name, descriptor);
      }
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

test.each([
  [undefined, 1],
  [{ hasOwnEnding: true }, 0],
])(
  'with %j it answers signals itself %d times: a command that tidies up must not be ended before it could',
  (options, extra) => {
    const before = process.listenerCount('SIGTERM');
    let during = Number.NaN;
    stderrOf(true, () => {
      const progress = showProgress('working', options);
      during = process.listenerCount('SIGTERM');
      progress.end();
    });
    expect(during - before).toBe(extra);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  },
);
