/** Marks of alerts: since when each alert that is not at rest has been so. */
import type { Experiment } from '../experiment/definition';
import { escapeHtml } from './annotation-html';
import type { Mark, Marks } from './annotation-mark';
import type { QueryContext } from './context';
import { labelsOf, readAlerts } from './monitor-alerts';

/** @throws never: a store away is a failure value */
export async function alertMarks(context: QueryContext, experiment: Experiment | null): Promise<Marks> {
  const { alerts, readings, failures, executed } = await readAlerts({ filters: {} }, context, experiment);
  const marks = alerts.flatMap((alert): Mark[] => {
    const { name, state, severity, message, since, source } = alert;
    if (since === null) {
      return [];
    }
    const variant = labelsOf(alert, experiment).variant ?? '';
    const about = variant === '' ? '' : ` (${variant})`;
    return [
      {
        id: ['alerts', source, name, variant, since].join(':'),
        kind: 'alerts',
        at: since,
        until: null,
        title: `Alert ${name}${about}: ${state}`,
        text: escapeHtml(message),
        variant: variant === '' ? null : variant,
        tags: ['alert', state, ...(severity === '' ? [] : [severity]), ...(variant === '' ? [] : [variant])],
      },
    ];
  });
  return { marks, readings, failures, warnings: [], executed };
}
