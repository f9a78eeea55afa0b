/** What browsers have and jsdom lacks, and @grafana/ui asks for while it loads or draws. */
import { TextDecoder, TextEncoder } from 'node:util';

/** A media query that nothing matches. */
class NoMatch extends EventTarget {
  readonly matches = false;
  readonly onchange = null;
  constructor(readonly media: string) {
    super();
  }
  addListener(): void {
    // The old name of addEventListener, which dependencies of @grafana/ui still call.
  }
  removeListener(): void {
    // See addListener().
  }
}

const matchMedia = (media: string) => new NoMatch(media);

class NothingToObserve implements ResizeObserver {
  observe(): void {
    // jsdom lays nothing out, so nothing ever changes its size.
  }
  unobserve(): void {
    // See observe().
  }
  disconnect(): void {
    // See observe().
  }
}

/** Everything is out of sight where nothing is laid out. */
class NothingInSight implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  observe(): void {
    // See NothingToObserve.
  }
  unobserve(): void {
    // See NothingToObserve.
  }
  disconnect(): void {
    // See NothingToObserve.
  }
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

window.ResizeObserver = NothingToObserve;
window.IntersectionObserver = NothingInSight;
Object.assign(globalThis, { TextDecoder, TextEncoder, matchMedia });
