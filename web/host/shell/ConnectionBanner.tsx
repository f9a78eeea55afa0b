/** Says that the page has lost its server, and since when the numbers below stand still. */
import { dateTimeFormat } from '@grafana/data';
import { Alert } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { connectionChanges, currentConnection } from '../runtime/connection';

export function ConnectionBanner() {
  const [connection, setConnection] = useState(currentConnection);
  useEffect(() => {
    const subscription = connectionChanges.subscribe(setConnection);
    return () => subscription.unsubscribe();
  }, []);
  if (connection.state === 'online') {
    return null;
  }
  const since = dateTimeFormat(connection.since, { format: 'HH:mm:ss' });
  return (
    <Alert severity="warning" title={`The page’s server does not answer since ${since}`} bottomSpacing={0}>
      The numbers below are from before. They are brought up to date as soon as it answers again.
    </Alert>
  );
}
