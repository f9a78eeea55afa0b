/** Says that the page has lost its server, and since when the numbers stand still. Lies over the page: nothing below moves. */
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { connectionChanges, currentConnection } from '../runtime/connection';

export function ConnectionBanner() {
  const styles = useStyles2(getStyles);
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
    <div className={styles.over} data-print="away">
      <Alert severity="warning" title={`The page’s server does not answer since ${since}`} elevated bottomSpacing={0}>
        The numbers are from before. They are brought up to date as soon as it answers again.
      </Alert>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  over: css({
    position: 'fixed',
    bottom: theme.spacing(2),
    left: '50%',
    transform: 'translateX(-50%)',
    width: `min(640px, calc(100vw - ${theme.spacing(4)}))`,
    zIndex: theme.zIndex.portal,
  }),
});
