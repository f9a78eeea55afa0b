/** The app's page: every experiment of the chosen data source, its status and verdict, each a link to its dashboards. */
import { locationUtil } from '@grafana/data';
import { DataSourcePicker, getDataSourceSrv, locationService, PluginPage } from '@grafana/runtime';
import { Alert, Button, EmptyState, InlineField, LinkButton, LoadingPlaceholder, Stack } from '@grafana/ui';
import { useState } from 'react';
import { ExperimentsTable } from './ExperimentsTable';
import { useExperiments, type Answer } from './use-experiments';

const DATA_SOURCE_TYPE = 'modelops-uplift-datasource';

/** The data source in the URL, else the first one; so that a link to this page shows the same list to everyone. */
function chosenDataSource(): string | undefined {
  const known = getDataSourceSrv().getList({ pluginId: DATA_SOURCE_TYPE });
  const asked = locationService.getSearch().get('ds');
  return known.find(({ uid }) => uid === asked)?.uid ?? known[0]?.uid;
}

interface ExperimentsProps {
  dataSource: string;
  answer: Answer;
  refresh: () => void;
}

function Experiments({ dataSource, answer, refresh }: ExperimentsProps) {
  switch (answer.state) {
    case 'loading':
      return <LoadingPlaceholder text="Asking the data source for its experiments…" />;
    case 'failed':
      return (
        <Alert title="The experiments could not be listed" buttonContent="Try again" onRemove={refresh}>
          {answer.message}
        </Alert>
      );
    case 'listed':
      return (
        <>
          {answer.listing.notices.length > 0 && (
            <Alert severity="warning" title="Not every source answered as it should">
              {answer.listing.notices.map((notice) => (
                <div key={notice}>{notice}</div>
              ))}
            </Alert>
          )}
          {answer.listing.experiments.length === 0 ? (
            <EmptyState variant="not-found" message="No experiment found">
              Define one in the data source’s settings, or tag an MLflow experiment.
            </EmptyState>
          ) : (
            <ExperimentsTable dataSource={dataSource} experiments={answer.listing.experiments} />
          )}
        </>
      );
  }
}

export function ExperimentsPage() {
  const [dataSource, setDataSource] = useState(chosenDataSource);
  const { answer, refresh } = useExperiments(dataSource);
  return (
    <PluginPage subTitle="Every A/B test the data source knows, with its status and verdict.">
      {dataSource === undefined ? (
        <EmptyState
          variant="call-to-action"
          message="Add an Uplift data source first"
          button={
            <LinkButton icon="plus" href={locationUtil.assureBaseUrl('/connections/datasources/new')}>
              Add data source
            </LinkButton>
          }
        >
          It asks your stores for their experiments. In the list it is called Uplift.
        </EmptyState>
      ) : (
        <>
          <Stack gap={1}>
            <InlineField label="Data source" htmlFor="uplift-data-source">
              <DataSourcePicker
                inputId="uplift-data-source"
                current={dataSource}
                pluginId={DATA_SOURCE_TYPE}
                noDefault
                onChange={({ uid }) => {
                  locationService.partial({ ds: uid }, true);
                  setDataSource(uid);
                }}
              />
            </InlineField>
            <Button variant="secondary" icon="sync" onClick={refresh}>
              Refresh
            </Button>
          </Stack>
          <Experiments dataSource={dataSource} answer={answer} refresh={refresh} />
        </>
      )}
    </PluginPage>
  );
}
