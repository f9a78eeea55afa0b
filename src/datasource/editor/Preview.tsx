/** The query in words, below its fields, and how a rule compares its number; says so when its experiment is not known any more. */
import { Text } from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { ExperimentChoice } from '../../contract/resources';
import { findReferences } from '../../contract/variable-references';
import type { UpliftDataSource } from '../datasource';
import { experimentOf, type EditedQuery } from '../query';
import { describeQuery } from './describe';
import { describeComparing } from './values';

interface Props {
  datasource: UpliftDataSource;
  query: EditedQuery;
}

type Listing = ExperimentChoice[] | 'asking' | 'unknown';

export function Preview({ datasource, query }: Props) {
  const [listing, setListing] = useState<Listing>('asking');
  const [openedAt] = useState(Date.now);
  // A variable is described by what it holds now.
  const asked = datasource.resolve(experimentOf(query));
  const isName = asked !== '' && findReferences(asked).length === 0;
  useEffect(() => {
    let isCurrent = true;
    if (isName) {
      datasource.listExperiments().then(
        (experiments) => isCurrent && setListing(experiments),
        // Whoever may not list experiments can still name one: the words then do with less.
        () => isCurrent && setListing('unknown'),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [datasource, isName, asked]);
  const known = Array.isArray(listing) ? listing.find(({ id, name }) => id === asked || name === asked) : undefined;
  const isGone = isName && Array.isArray(listing) && known === undefined;
  const comparing = describeComparing(query, known?.alpha);
  return (
    <div role="status" dir="auto">
      <Text color={isGone ? 'warning' : 'secondary'} variant="bodySmall">
        {isGone
          ? `“${asked}” is not among the known experiments (any more). Choose another, or define it in the data source’s settings.`
          : describeQuery(query, known ?? null, openedAt)}
      </Text>
      {comparing !== null && (
        <Text element="p" color="secondary" variant="bodySmall">
          {comparing}
        </Text>
      )}
    </div>
  );
}
