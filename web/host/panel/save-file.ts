/** The time a download has to begin before what it reads from is let go. */
const KEEP_MS = 10_000;

/** A name every file system takes: `Latency p95` becomes `latency-p95`. */
export const fileName = (title: string, at: Date, ending: string): string => {
  const words = title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const stamp = at.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return `${words === '' ? 'panel' : words}-${stamp}.${ending}`;
};

/** Has the browser save a file. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
