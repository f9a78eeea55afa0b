/** The experiments of the page's data sources: status, age, verdict; each a link to where its verdict stands. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Badge, EmptyState, LoadingPlaceholder, TextLink, useStyles2 } from '@grafana/ui';
import type { ExperimentSummary } from '../runtime/experiments';
import { ageWords, dataWords, statusWords, verdictLook } from './experiment-words';
import { verdictPath } from './links';
import { useExperiments } from './useExperiments';

function ExperimentRow({ experiment, search, now }: { experiment: ExperimentSummary; search: string; now: number }) {
  const styles = useStyles2(getStyles);
  const { id, name, owner, dataSource } = experiment;
  const { words, icon, colour } = verdictLook(experiment);
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <TextLink href={verdictPath(id, dataSource, search)} inline={false}>
          {name}
        </TextLink>
        {owner !== null && <div className={styles.owner}>{owner}</div>}
      </th>
      <td>{statusWords(experiment.status)}</td>
      <td>{ageWords(experiment, now)}</td>
      <td>
        <Badge text={words} icon={icon} color={colour} />
      </td>
      <td>{dataWords(experiment)}</td>
    </tr>
  );
}

export function ExperimentList({ search }: { search: string }) {
  const styles = useStyles2(getStyles);
  const answer = useExperiments();
  switch (answer.state) {
    case 'loading':
      return <LoadingPlaceholder text="Asking the data sources…" />;
    case 'failed':
      return <Alert title="The experiments could not be listed">{answer.message}</Alert>;
    case 'listed': {
      if (answer.experiments.length === 0) {
        return (
          <EmptyState variant="not-found" hideImage message="No experiment found">
            Define one in provisioning/experiments, or tag an MLflow experiment.
          </EmptyState>
        );
      }
      const { now } = answer;
      return (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Experiments">
          <table className={styles.table}>
            <thead>
              <tr>
                {['Experiment', 'Status', 'Age', 'Verdict', 'Data'].map((header) => (
                  <th key={header} scope="col">
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer.experiments.map((experiment) => (
                <ExperimentRow key={`${experiment.dataSource} ${experiment.id}`} {...{ experiment, search, now }} />
              ))}
            </tbody>
          </table>
        </div>
      );
    }
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    borderCollapse: 'separate',
    borderSpacing: 0,
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': { padding: theme.spacing(1, 2), textAlign: 'left', whiteSpace: 'nowrap' },
    '& thead th': { fontSize: 12, fontWeight: 400, color: theme.colors.text.secondary },
    '& tbody th, & tbody td': { borderTop: `1px solid ${theme.colors.border.weak}`, height: theme.spacing(6) },
  }),
  name: css({ fontWeight: 500 }),
  owner: css({ fontSize: 12, fontWeight: 400, color: theme.colors.text.secondary }),
});
