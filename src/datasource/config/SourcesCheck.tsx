/** Asks every source for its state by the saved settings: Grafana's own test shows one message for all. */
import { dateTimeFormatTimeAgo } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, FieldSet, Icon, InteractiveTable, Stack, type CellProps } from '@grafana/ui';
import { useState } from 'react';
import { z } from 'zod';
import { sourceStatusSchema, type SourceStatus } from '../../contract/resources';

type Answer =
  | { state: 'unasked' }
  | { state: 'asking' }
  | { state: 'answered'; sources: SourceStatus[] }
  | { state: 'failed'; message: string };

const TITLES: Record<SourceStatus['source'], string> = {
  mlflow: 'MLflow',
  prometheus: 'Prometheus',
  influx: 'InfluxDB',
};

function State({ row }: CellProps<SourceStatus>) {
  const { state, error } = row.original;
  return (
    <Stack alignItems="center" gap={0.5}>
      <Icon name={error === null ? 'check' : 'times'} aria-hidden />
      {error ?? state}
    </Stack>
  );
}

const COLUMNS = [
  { id: 'source', header: 'Source', cell: ({ row }: CellProps<SourceStatus>) => <>{TITLES[row.original.source]}</> },
  { id: 'state', header: 'State', cell: State },
  { id: 'hint', header: 'What to do' },
  {
    id: 'newest_sample',
    header: 'Newest sample',
    cell: ({ row }: CellProps<SourceStatus>) => {
      const newest = row.original.newest_sample;
      return <>{newest === null ? 'none' : dateTimeFormatTimeAgo(newest)}</>;
    },
  },
];

async function askSources(uid: string): Promise<SourceStatus[]> {
  const answer: unknown = await getBackendSrv().get(
    `/api/datasources/uid/${encodeURIComponent(uid)}/resources/sources`,
  );
  return z.array(sourceStatusSchema).parse(answer);
}

export function SourcesCheck({ uid }: { uid: string }) {
  const [answer, setAnswer] = useState<Answer>({ state: 'unasked' });
  const ask = () => {
    setAnswer({ state: 'asking' });
    askSources(uid).then(
      (sources) => setAnswer({ state: 'answered', sources }),
      (error: unknown) =>
        setAnswer({ state: 'failed', message: error instanceof Error ? error.message : 'The backend did not answer.' }),
    );
  };
  return (
    <FieldSet label="Sources">
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Button variant="secondary" onClick={ask} disabled={answer.state === 'asking'}>
          Test each source, as saved
        </Button>
        {answer.state === 'answered' && (
          <InteractiveTable columns={COLUMNS} data={answer.sources} getRowId={({ source }) => source} />
        )}
        {answer.state === 'failed' && <Alert title="The sources could not be tested">{answer.message}</Alert>}
      </Stack>
    </FieldSet>
  );
}
