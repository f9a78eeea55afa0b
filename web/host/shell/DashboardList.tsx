/** The dashboards this page can show. */
import { Card, EmptyState, Stack } from '@grafana/ui';
import type { DashboardListing } from '../../wire';

export function DashboardList({ dashboards }: { dashboards: readonly DashboardListing[] }) {
  if (dashboards.length === 0) {
    return (
      <EmptyState variant="not-found" message="No dashboard is provisioned">
        The page shows the dashboards in provisioning/dashboards.
      </EmptyState>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      {dashboards.map(({ uid, title, description }) => (
        <Card key={uid} href={`/d/${uid}`} noMargin>
          <Card.Heading>{title}</Card.Heading>
          <Card.Description>{description}</Card.Description>
        </Card>
      ))}
    </Stack>
  );
}
