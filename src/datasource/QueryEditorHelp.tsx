/** Examples beside the editor: a click fills it. */
import type { QueryEditorHelpProps } from '@grafana/data';
import { Button, Stack, Text } from '@grafana/ui';
import { UpliftDataSource } from './datasource';
import { examplesFor } from './editor/examples';
import type { EditedQuery } from './query';

export function QueryEditorHelp({ datasource, query, onClickExample }: QueryEditorHelpProps<EditedQuery>) {
  const dialect = datasource instanceof UpliftDataSource ? datasource.dialect : 'influxql';
  return (
    <Stack direction="column" gap={2}>
      <Text element="h2" variant="h4">
        Examples
      </Text>
      {examplesFor(dialect).map((example) => (
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
