/** Where the bundle's own documents are served, beside its modules. */
import { config } from '@grafana/runtime';

const BUNDLE = 'modelops-uplift-app';

export type StatisticsSection = 'in-one-minute' | 'comparison' | 'guardrails';

/** The address of a section of `docs/statistics.md`, which the build writes as a page. */
export function documentationLink(section: StatisticsSection): string {
  return `${config.appSubUrl}/public/plugins/${BUNDLE}/docs/statistics.html#${section}`;
}
