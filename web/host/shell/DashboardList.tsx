/** What this page can show: its dashboards, and the experiments they are about. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Card, EmptyState, useStyles2 } from '@grafana/ui';
import type { DashboardListing } from '../../wire';
import { ExperimentList } from './ExperimentList';
import { dashboardPath } from './links';

interface Props {
  dashboards: readonly DashboardListing[];
  /** The address's search; what it says of range and theme goes along. */
  search: string;
}

export function DashboardList({ dashboards, search }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.list}>
      <h1 className={styles.title}>Dashboards</h1>
      {dashboards.length === 0 ? (
        <EmptyState variant="not-found" hideImage message="No dashboard is provisioned">
          The page shows the dashboards in provisioning/dashboards.
        </EmptyState>
      ) : (
        <div className={styles.cards}>
          {dashboards.map(({ uid, title, description }) => (
            <Card key={uid} href={dashboardPath(uid, search)} noMargin>
              <Card.Heading>{title}</Card.Heading>
              <Card.Description>{description}</Card.Description>
            </Card>
          ))}
        </div>
      )}
      <h2 className={styles.title}>Experiments</h2>
      <ExperimentList search={search} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ width: '100%', maxWidth: 1200, padding: theme.spacing(3), boxSizing: 'border-box' }),
  title: css({
    ...theme.typography.h4,
    margin: theme.spacing(0, 0, 2),
    '&:not(:first-child)': { marginTop: theme.spacing(4) },
  }),
  cards: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))',
    gap: theme.spacing(1),
  }),
});
