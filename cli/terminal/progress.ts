/** What a long command is doing: a moving line on a terminal's stderr, nothing at all when that is piped. */
import yoctoSpinner from 'yocto-spinner';

export interface Progress {
  /** Replaces the line. */
  say(text: string): void;
  /** Removes the line. */
  end(): void;
}

const SILENT: Progress = { say: () => undefined, end: () => undefined };

export interface ProgressOptions {
  /** A command that tidies up after a signal itself; otherwise the signal ends the process, with its cursor shown again. */
  hasOwnEnding?: boolean;
}

/** Shows what is being done, until `end`. */
export function showProgress(text: string, { hasOwnEnding = false }: ProgressOptions = {}): Progress {
  const stream = process.stderr;
  if (!stream.isTTY) {
    return SILENT;
  }
  const spinner = yoctoSpinner({ text, stream, handleSignals: !hasOwnEnding }).start();
  return {
    say: (next) => {
      spinner.text = next;
    },
    end: () => void spinner.stop(),
  };
}
