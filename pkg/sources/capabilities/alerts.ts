/** Alerts a store keeps. */
export const ALERT_STATES = ['firing', 'pending', 'normal'] as const;

export interface StoreAlert {
  name: string;
  state: (typeof ALERT_STATES)[number];
  severity: string;
  message: string;
  /** Epoch ms; null when it has been so for longer than was looked back. */
  since: number | null;
  /** By dimension, as far as the alert carries them. */
  labels: Record<string, string>;
}

export interface Alerts {
  alerts: StoreAlert[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}
