/** A row an experiment: how it stands, how fresh that is, and where to look further. */
import { urlUtil } from '@grafana/data';
import { InteractiveTable, Stack, Text, TextLink, type CellProps } from '@grafana/ui';
import { useMemo } from 'react';
import { LevelGlyph } from '../panels/shared/LevelGlyph';
import type { ExperimentRow } from './experiments';
import { LEVEL_LABELS } from '../calc/provenance';
import { writeAge, writeStatus, writeVerdict } from './words';

const DASHBOARDS = [
  { title: 'Live', uid: 'uplift-live-ab' },
  { title: 'Impact', uid: 'uplift-business-impact' },
  { title: 'Monitoring', uid: 'uplift-model-monitoring' },
] as const;

type Cell = CellProps<ExperimentRow>;

const columnsFor = (dataSource: string) => {
  const linkTo = (uid: string, experiment: string) =>
    urlUtil.renderUrl(`/d/${uid}`, { 'var-datasource': dataSource, 'var-experiment': experiment });
  return [
    {
      id: 'name',
      header: 'Experiment',
      sortType: 'string' as const,
      cell: ({ row: { original } }: Cell) => (
        <span dir="auto" title={original.name}>
          <TextLink href={linkTo(DASHBOARDS[0].uid, original.id)} inline={false}>
            {original.name.length > LONGEST ? `${original.name.slice(0, LONGEST)}…` : original.name}
          </TextLink>
        </span>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      sortType: 'string' as const,
      cell: ({ row: { original } }: Cell) => <>{writeStatus(original.status)}</>,
    },
    {
      id: 'verdict',
      header: 'Verdict',
      cell: ({ row: { original } }: Cell) => <span dir="auto">{writeVerdict(original)}</span>,
    },
    {
      id: 'level',
      header: 'Source',
      cell: ({ row: { original } }: Cell) =>
        original.level === null ? (
          <>–</>
        ) : (
          <Stack gap={0.5} alignItems="center">
            <LevelGlyph level={original.level} />
            {LEVEL_LABELS[original.level]}
          </Stack>
        ),
    },
    {
      id: 'ageSeconds',
      header: 'Age',
      sortType: 'number' as const,
      cell: ({ row: { original } }: Cell) => <>{writeAge(original.ageSeconds)}</>,
    },
    {
      id: 'requests24h',
      header: 'Requests, 24 h',
      sortType: 'number' as const,
      cell: ({ row: { original } }: Cell) => <>{original.requests24h?.toLocaleString('en') ?? '–'}</>,
    },
    {
      id: 'owner',
      header: 'Owner',
      sortType: 'string' as const,
      cell: ({ row: { original } }: Cell) => <>{original.owner ?? '–'}</>,
    },
    {
      id: 'links',
      header: 'Dashboards',
      cell: ({ row: { original } }: Cell) => (
        <Stack gap={1}>
          {DASHBOARDS.map(({ title, uid }) => (
            <Text key={uid} variant="bodySmall">
              <TextLink href={linkTo(uid, original.id)} aria-label={`${title} dashboard of ${original.name}`}>
                {title}
              </TextLink>
            </Text>
          ))}
        </Stack>
      ),
    },
  ];
};

/** Longer names are cut on the page, and whole in the cell's title. */
const LONGEST = 60;
const A_PAGE = 50;

interface Props {
  dataSource: string;
  experiments: ExperimentRow[];
}

export function ExperimentsTable({ dataSource, experiments }: Props) {
  const columns = useMemo(() => columnsFor(dataSource), [dataSource]);
  return (
    <InteractiveTable
      columns={columns}
      data={experiments}
      getRowId={({ id }) => id}
      pageSize={experiments.length > A_PAGE ? A_PAGE : 0}
    />
  );
}
