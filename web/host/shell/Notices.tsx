/** What the page has to say of something that was asked for and did not work; over the page, until it is closed. */
import { css } from '@emotion/css';
import { AppEvents, BusEventWithPayload, type EventBus, type GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2, type AlertVariant } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { merge } from 'rxjs';

interface Notice {
  id: number;
  severity: AlertVariant;
  title: string;
  text: string;
}

/** Older ones make way. */
const MOST = 3;

/** Title, then text; as whoever reports it gave them. */
type Words = unknown[];

class ErrorEvent extends BusEventWithPayload<Words> {
  static type = AppEvents.alertError.name;
}
class WarningEvent extends BusEventWithPayload<Words> {
  static type = AppEvents.alertWarning.name;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function Notices({ events }: { events: EventBus }) {
  const styles = useStyles2(getStyles);
  const [notices, setNotices] = useState<Notice[]>([]);
  useEffect(() => {
    let next = 0;
    const subscription = merge(events.getStream(ErrorEvent), events.getStream(WarningEvent)).subscribe((event) => {
      const [title, text] = event.payload;
      const severity = event.type === ErrorEvent.type ? 'error' : 'warning';
      const notice: Notice = { id: next, severity, title: textOf(title), text: textOf(text) };
      next += 1;
      setNotices((before) => [...before, notice].slice(-MOST));
    });
    return () => subscription.unsubscribe();
  }, [events]);
  return (
    <div className={styles.over} data-print="away">
      {notices.map(({ id, severity, title, text }) => (
        <Alert
          key={id}
          severity={severity}
          title={title}
          elevated
          onRemove={() => setNotices((before) => before.filter((notice) => notice.id !== id))}
        >
          {text}
        </Alert>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  over: css({
    position: 'fixed',
    top: theme.spacing(6),
    right: theme.spacing(2),
    width: `min(400px, calc(100vw - ${theme.spacing(4)}))`,
    zIndex: theme.zIndex.portal,
  }),
});
