/** What a connection test found. */
import { css } from '@emotion/css';
import { dateTimeFormatTimeAgo, type GrafanaTheme2 } from '@grafana/data';
import { Alert, Icon, useStyles2 } from '@grafana/ui';
import type { Reach } from '../../contract/failure';
import type { SourceStatus } from '../../contract/resources';

const STEPS: ReadonlyArray<{ reach: Reach; label: string }> = [
  { reach: 'server', label: 'Reachable' },
  { reach: 'login', label: 'Authenticated' },
  { reach: 'data', label: 'Readable' },
];
const ORDER: readonly Reach[] = ['nothing', 'server', 'login', 'data'];

export function TestResult({ status, title }: { status: SourceStatus; title: string }) {
  const styles = useStyles2(getStyles);
  if (status.state === 'off') {
    return <Alert severity="info" title={`${title} is not part of the saved settings`} />;
  }
  return (
    <>
      <Steps reached={status.reached ?? 'nothing'} />
      {status.error === null ? (
        <Alert severity="success" title={`${title} answers`}>
          <dl className={styles.facts}>
            {factsOf(status).map(([term, detail]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{detail}</dd>
              </div>
            ))}
          </dl>
        </Alert>
      ) : (
        <Alert severity="error" title={status.error}>
          {status.hint}
        </Alert>
      )}
      {status.warnings.length > 0 && (
        <Alert severity="warning" title="Worth changing">
          <ul className={styles.list}>
            {status.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}

function Steps({ reached }: { reached: Reach }) {
  const styles = useStyles2(getStyles);
  const isDone = (reach: Reach) => ORDER.indexOf(reach) <= ORDER.indexOf(reached);
  return (
    <ol className={styles.steps}>
      {STEPS.map(({ reach, label }) => (
        <li key={reach}>
          <Icon name={isDone(reach) ? 'check' : 'times'} aria-hidden />{' '}
          {isDone(reach) ? label : `Not ${label.toLowerCase()}`}
        </li>
      ))}
    </ol>
  );
}

function factsOf({ version, latency_ms: latency, found, newest_sample: newest, endpoint }: SourceStatus) {
  const facts: Array<[string, string | null]> = [
    ['Found', found],
    ['Newest sample', newest === null ? 'none' : dateTimeFormatTimeAgo(newest)],
    ['Latency', latency === null ? null : `${Math.max(1, Math.round(latency))} ms`],
    ['Version', version ?? 'not told'],
    ['Answered by', endpoint === 'primary' ? null : endpoint],
  ];
  return facts.flatMap(([term, detail]) => (detail === null ? [] : [[term, detail] as const]));
}

const getStyles = (theme: GrafanaTheme2) => ({
  steps: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    listStyle: 'none',
  }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: 0,
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0 },
  }),
  list: css({ margin: 0, paddingLeft: theme.spacing(2) }),
});
