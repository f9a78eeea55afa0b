/** The experiments written down in the settings; more may come from MLflow's tags and from what the stores show. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, FieldSet, Stack, Text, useStyles2, type ComboboxOption } from '@grafana/ui';
import { useState } from 'react';
import { mappingSchema } from '../../../contract/mapping';
import type { SettingsAccess } from '../access';
import { faultsWithin } from '../faults';
import { describeDefinition, NEW_DEFINITION, type EditedDefinition } from './definition';
import { DefinitionText } from './DefinitionText';
import { ExperimentForm } from './ExperimentForm';

/** What is open below the list. */
type Opened = { what: 'nothing' } | { what: 'paste' } | { what: 'experiment'; index: number };

export function ExperimentsSection({ settings, faults, change }: SettingsAccess) {
  const styles = useStyles2(getStyles);
  const [opened, setOpened] = useState<Opened>({ what: 'nothing' });
  const experiments: readonly EditedDefinition[] = settings.experiments ?? [];
  const ownMetrics = ownMetricsOf(settings);
  const setAll = (all: EditedDefinition[]) => change('experiments', all.length === 0 ? undefined : all);
  const replace = (index: number, definition: EditedDefinition) =>
    setAll(experiments.map((other, at) => (at === index ? definition : other)));
  const close = () => setOpened({ what: 'nothing' });
  const add = () => {
    setAll([...experiments, NEW_DEFINITION]);
    setOpened({ what: 'experiment', index: experiments.length });
  };
  /** One of the same id is the same experiment, written anew. */
  const takeOver = (definitions: readonly EditedDefinition[]) => {
    const others = experiments.filter(({ id }) => !definitions.some((added) => added.id === id));
    setAll([...others, ...definitions]);
    close();
  };
  return (
    <FieldSet label="Experiments">
      <p>
        What is tested: control, variants and what each store calls them, start, split, metrics. Those that are not
        written down here are found in MLflow’s tags and in what the stores show.
      </p>
      <ul className={styles.list}>
        {experiments.map((definition, index) => {
          const own = faultsWithin(faults, `experiments.${index}`);
          const isOpen = opened.what === 'experiment' && opened.index === index;
          const title = definition.name ?? (definition.id === '' ? 'New experiment' : definition.id);
          return (
            // Ids are typed letter by letter, so the place is the identity.
            <li key={index} className={styles.item}>
              <Stack gap={1} alignItems="center" wrap="wrap">
                <div className={styles.what}>
                  <Text weight="medium">{title}</Text>{' '}
                  {own.size > 0 && <Badge color="red" icon="exclamation-circle" text={`${own.size} to correct`} />}
                  <div className={styles.about}>{describeDefinition(definition)}</div>
                </div>
                <Button
                  variant="secondary"
                  size="sm"
                  aria-expanded={isOpen}
                  aria-label={`${isOpen ? 'Close' : 'Edit'} ${title}`}
                  onClick={() => setOpened(isOpen ? { what: 'nothing' } : { what: 'experiment', index })}
                >
                  {isOpen ? 'Close' : 'Edit'}
                </Button>
                <Button
                  variant="secondary"
                  size="sm"
                  icon="trash-alt"
                  aria-label={`Remove ${title}`}
                  onClick={() => {
                    setAll(experiments.filter((_, at) => at !== index));
                    close();
                  }}
                />
              </Stack>
              {isOpen && (
                <ExperimentForm
                  key={index}
                  definition={definition}
                  ownMetrics={ownMetrics}
                  faults={own}
                  onChange={(changed) => replace(index, changed)}
                />
              )}
            </li>
          );
        })}
      </ul>
      <Stack gap={1} wrap="wrap">
        <Button variant="secondary" icon="plus" onClick={add}>
          Add experiment
        </Button>
        <Button
          variant="secondary"
          aria-expanded={opened.what === 'paste'}
          onClick={() => setOpened({ what: 'paste' })}
        >
          Paste YAML or JSON
        </Button>
      </Stack>
      {opened.what === 'paste' && (
        <DefinitionText id="experiments-pasted" label="Definitions" initial="" onTakeOver={takeOver} onCancel={close} />
      )}
    </FieldSet>
  );
}

/** Those of the mapping, as far as it is sound. */
function ownMetricsOf({ mapping }: SettingsAccess['settings']): ComboboxOption[] {
  const read = mappingSchema.safeParse(mapping ?? {});
  return (read.data?.prometheus.metrics ?? []).map(({ id, label }) => ({ value: id, label }));
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: theme.spacing(1, 0), padding: 0, maxWidth: theme.breakpoints.values.md }),
  item: css({ borderTop: `1px solid ${theme.colors.border.weak}`, padding: theme.spacing(1, 0) }),
  what: css({ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }),
  about: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
