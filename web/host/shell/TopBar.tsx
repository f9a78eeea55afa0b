/** Where one is, the way to the other views, kiosk mode and the theme switch. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Dropdown, Icon, TextLink, ToolbarButton, useStyles2 } from '@grafana/ui';
import type { DashboardListing } from '../../wire';
import { listPath } from './links';
import { PageMenu } from './PageMenu';
import { useThemeSwitch } from './theme';

interface Props {
  title: string;
  dashboards: readonly DashboardListing[];
  /** The address's search. */
  search: string;
  /** Where connections are changed; undefined where they are provisioned. */
  connections: string | undefined;
}

export function TopBar({ title, dashboards, search, connections }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useThemeSwitch();
  const otherTheme = theme.name === 'dark' ? 'Light theme' : 'Dark theme';
  return (
    <header className={styles.bar}>
      <nav aria-label="Breadcrumbs" className={styles.crumbs}>
        <TextLink href={listPath(search)} color="secondary" inline={false}>
          Uplift
        </TextLink>
        <Icon name="angle-right" aria-hidden />
        <Dropdown overlay={() => <PageMenu {...{ dashboards, search, connections }} />} placement="bottom-start">
          <ToolbarButton
            variant="canvas"
            isOpen={false}
            className={styles.title}
            aria-label={`${title}: choose a dashboard or experiment`}
          >
            {title}
          </ToolbarButton>
        </Dropdown>
      </nav>
      <div className={styles.crumbs}>
        <ToolbarButton
          variant="canvas"
          icon="monitor"
          tooltip="Kiosk mode, Esc to leave"
          aria-label="Kiosk mode"
          onClick={() => locationService.partial({ kiosk: true })}
        />
        <ToolbarButton variant="canvas" tooltip={otherTheme} aria-label={otherTheme} onClick={theme.toggle}>
          <HalfDisc />
        </ToolbarButton>
      </div>
    </header>
  );
}

/** Half light, half dark; Grafana's icon set has neither sun nor moon. */
function HalfDisc() {
  return (
    <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden>
      <circle cx={8} cy={8} r={6.25} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" fill="currentColor" />
    </svg>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    height: theme.spacing(5),
    paddingInline: theme.spacing(2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '@media print': { display: 'none' },
  }),
  crumbs: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    minWidth: 0,
    color: theme.colors.text.secondary,
  }),
  title: css({ minWidth: 0 }),
});
