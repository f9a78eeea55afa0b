import { useLayoutEffect } from 'react';

/** Holds the newest value where a chart's callbacks read it long after they were created. */
export class LatestValue<T> {
  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(value: T): void {
    this.value = value;
  }
}

interface KeepLatestProps<T> {
  holder: LatestValue<T>;
  value: T;
}

/**
 * Puts a value into its holder. Rendered before the chart, so that its effect runs before the chart redraws: a refresh
 * then moves the axes without building the chart anew, which would drop cursor and tooltip.
 */
export function KeepLatest<T>({ holder, value }: KeepLatestProps<T>) {
  useLayoutEffect(() => {
    holder.set(value);
  }, [holder, value]);
  return null;
}
