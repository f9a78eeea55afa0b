/** Examples beside the editor: a click fills it. */
import type { QueryEditorHelpProps } from '@grafana/data';
import { Button, Stack, Text } from '@grafana/ui';
import { UpliftDataSource } from './datasource';
import { examplesFor } from './editor/examples';
import { experimentOf, type EditedQuery } from './query';

/** Where a dashboard lets its readers choose. */
const VARIABLE = '$experiment';

export function QueryEditorHelp({ datasource, query, onClickExample }: QueryEditorHelpProps<EditedQuery>) {
  const own = datasource instanceof UpliftDataSource ? datasource : null;
  const experiment = experimentOf(query) || (own?.resolve(VARIABLE) === VARIABLE ? '' : VARIABLE);
  return (
    <Stack direction="column" gap={2}>
      <Text element="h2" variant="h4">
        Examples
      </Text>
      {examplesFor(own?.dialect ?? 'influxql', experiment).map((example) => (
        <Stack key={example.title} direction="column" gap={0.5} alignItems="flex-start">
          <Button
            variant="secondary"
            size="sm"
            onClick={() => onClickExample({ ...example.query, refId: query.refId })}
          >
            {example.title}
          </Button>
          <Text color="secondary">{example.why}</Text>
        </Stack>
      ))}
    </Stack>
  );
}
