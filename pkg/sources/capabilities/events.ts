/** What happened, for annotations. */
import type { Period } from '../period';

export type EventKind = 'runs' | 'promotions';

export interface EventsRequest {
  /** The experiment's name in this store; null: all. */
  experiment: string | null;
  kinds: readonly EventKind[];
  period: Period;
}

/** Something that happened, as a store remembers it; times in epoch ms. */
export interface StoreEvent {
  kind: EventKind;
  at: number;
  /** Null where it has no end, or none yet. */
  until: number | null;
  title: string;
  text: string;
  /** As the store spells it. */
  variant: string | null;
  /** The store's own ids of the run behind it, for a link. */
  run: { experiment: string; id: string };
  version: { model: string; version: string } | null;
}

export interface Events {
  events: StoreEvent[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}
