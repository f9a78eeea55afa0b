/** Instants as a report writes them: unambiguous, in the experiment's time zone, which is named. */

/** `2026-03-03 14:05 UTC`. `timeZone` is an IANA name; one this machine does not know is read as UTC. */
export function formatInstant(epochMs: number, timeZone: string): string {
  const zone = isKnown(timeZone) ? timeZone : 'UTC';
  // The Swedish way of writing dates is ISO 8601's.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return `${format.format(epochMs)} ${zone}`;
}

function isKnown(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch (error) {
    if (error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}
