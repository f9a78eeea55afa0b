/** What a long command is doing: a moving line on a terminal's stderr, nothing at all when that is piped. */
import yoctoSpinner from 'yocto-spinner';

export interface Progress {
  /** Replaces the line. */
  say(text: string): void;
  /** Removes the line. */
  end(): void;
}

const SILENT: Progress = { say: () => undefined, end: () => undefined };

/** @param stream stderr, so that what a command prints can be piped while its progress is seen */
export function showProgress(text: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) {
    return SILENT;
  }
  const spinner = yoctoSpinner({ text, stream }).start();
  return {
    say: (next) => {
      spinner.text = next;
    },
    end: () => void spinner.stop(),
  };
}
