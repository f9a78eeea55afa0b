/** What is deployed. */
import type { Period } from '../period';

/** A model version as scoring points name it, and when it was first and last seen; times in epoch ms. */
export interface Deployment {
  /** By dimension: `deployment`, `variant`, `model`, `version`, `environment`, …; empty where a point says nothing. */
  labels: Record<string, string>;
  firstSeen: number;
  lastSeen: number;
}

export interface DeploymentsRequest {
  experiment: string | null;
  filters: Readonly<Record<string, readonly string[]>>;
  period: Period;
}

export interface Deployments {
  deployments: Deployment[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}
