/** The way to everything on the page: dashboards, experiments with their verdicts, and the list of both. */
import { Menu } from '@grafana/ui';
import type { DashboardListing } from '../../wire';
import { statusWords, verdictLook } from './experiment-words';
import { dashboardPath, listPath, verdictPath } from './links';
import { useExperiments } from './useExperiments';

interface Props {
  dashboards: readonly DashboardListing[];
  search: string;
  connections: string | undefined;
}

/** More than this are found on the list. */
const MOST = 12;

export function PageMenu({ dashboards, search, connections }: Props) {
  const answer = useExperiments();
  const experiments = answer.state === 'listed' ? answer.experiments.slice(0, MOST) : [];
  return (
    <Menu>
      <Menu.Group label="Dashboards">
        {dashboards.map(({ uid, title }) => (
          <Menu.Item key={uid} label={title} url={dashboardPath(uid, search)} />
        ))}
      </Menu.Group>
      {experiments.length > 0 && (
        <Menu.Group label="Experiments">
          {experiments.map((experiment) => (
            <Menu.Item
              key={`${experiment.dataSource} ${experiment.id}`}
              label={experiment.name}
              description={`${statusWords(experiment.status)} · ${verdictLook(experiment).words}`}
              url={verdictPath(experiment.id, experiment.dataSource, search)}
            />
          ))}
        </Menu.Group>
      )}
      <Menu.Divider />
      <Menu.Item label="All dashboards and experiments" url={listPath(search)} />
      {connections !== undefined && <Menu.Item label="Connections" url={connections} />}
    </Menu>
  );
}
