/** The app's page: every experiment of the chosen data source with its status, each a link to its live dashboard. */
import { urlUtil } from '@grafana/data';
import { DataSourcePicker, getDataSourceSrv, locationService, PluginPage } from '@grafana/runtime';
import {
  Alert,
  EmptyState,
  InlineField,
  InteractiveTable,
  LoadingPlaceholder,
  TextLink,
  type CellProps,
} from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { ExperimentChoice } from '../contract/resources';
import { listExperiments } from './experiments';

const DATA_SOURCE_TYPE = 'modelops-uplift-datasource';
const LIVE_DASHBOARD = '/d/uplift-live-ab';

type Answer =
  { state: 'loading' } | { state: 'failed'; message: string } | { state: 'listed'; experiments: ExperimentChoice[] };

/** The data source in the URL, else the first one; so that a link to this page shows the same list to everyone. */
function chosenDataSource(): string | undefined {
  const asked = locationService.getSearch().get('ds');
  return asked ?? getDataSourceSrv().getList({ pluginId: DATA_SOURCE_TYPE })[0]?.uid;
}

function useExperiments(dataSource: string | undefined): Answer {
  const [answer, setAnswer] = useState<Answer>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const show = (next: Answer) => {
      if (isCurrent) {
        setAnswer(next);
      }
    };
    if (dataSource !== undefined) {
      listExperiments(dataSource).then(
        (experiments) => show({ state: 'listed', experiments }),
        (error: unknown) => show({ state: 'failed', message: error instanceof Error ? error.message : 'No answer.' }),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [dataSource]);
  return answer;
}

function ExperimentLink({ row }: CellProps<ExperimentChoice>) {
  const { id, name } = row.original;
  const href = urlUtil.renderUrl(LIVE_DASHBOARD, { 'var-experiment': id });
  return (
    <TextLink href={href} inline={false}>
      {name}
    </TextLink>
  );
}

const COLUMNS = [
  { id: 'name', header: 'Experiment', cell: ExperimentLink },
  { id: 'status', header: 'Status' },
  {
    id: 'control',
    header: 'Control',
    cell: ({ row }: CellProps<ExperimentChoice>) => <>{row.original.control ?? 'not set'}</>,
  },
  {
    id: 'variants',
    header: 'Variants',
    cell: ({ row }: CellProps<ExperimentChoice>) => <>{row.original.variants.join(', ')}</>,
  },
];

function Experiments({ answer }: { answer: Answer }) {
  switch (answer.state) {
    case 'loading':
      return <LoadingPlaceholder text="Asking the data source for its experiments…" />;
    case 'failed':
      return <Alert title="The experiments could not be listed">{answer.message}</Alert>;
    case 'listed':
      return answer.experiments.length === 0 ? (
        <EmptyState variant="not-found" message="No experiment found">
          Define one in the data source’s settings, or tag an MLflow experiment.
        </EmptyState>
      ) : (
        <InteractiveTable columns={COLUMNS} data={answer.experiments} getRowId={({ id }) => id} />
      );
  }
}

export function ExperimentsPage() {
  const [dataSource, setDataSource] = useState(chosenDataSource);
  const answer = useExperiments(dataSource);
  return (
    <PluginPage subTitle="Every A/B test the data source knows, with its status.">
      <InlineField label="Data source">
        <DataSourcePicker
          current={dataSource ?? null}
          pluginId={DATA_SOURCE_TYPE}
          noDefault
          onChange={({ uid }) => {
            locationService.partial({ ds: uid }, true);
            setDataSource(uid);
          }}
        />
      </InlineField>
      {dataSource === undefined ? (
        <EmptyState variant="call-to-action" message="Add an Uplift data source first" />
      ) : (
        <Experiments answer={answer} />
      )}
    </PluginPage>
  );
}
