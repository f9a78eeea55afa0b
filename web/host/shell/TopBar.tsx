/** Where one is, the way to the other dashboards, and the theme switch. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Dropdown, Icon, Menu, TextLink, ToolbarButton, useStyles2 } from '@grafana/ui';
import type { DashboardListing } from '../../wire';
import { useThemeSwitch } from './theme';

interface Props {
  title: string;
  dashboards: readonly DashboardListing[];
  /** Where connections are edited; undefined where they cannot be. */
  connections: string | undefined;
}

export function TopBar({ title, dashboards, connections }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useThemeSwitch();
  const menu = (
    <Menu>
      {dashboards.map((dashboard) => (
        <Menu.Item key={dashboard.uid} label={dashboard.title} url={`/d/${dashboard.uid}`} />
      ))}
      {connections !== undefined && (
        <>
          <Menu.Divider />
          <Menu.Item label="Connections" url={connections} />
        </>
      )}
    </Menu>
  );
  return (
    <header className={styles.bar}>
      <nav aria-label="Breadcrumbs" className={styles.crumbs}>
        <TextLink href="/dashboards" color="secondary" inline={false}>
          Uplift
        </TextLink>
        <Icon name="angle-right" aria-hidden />
        <Dropdown overlay={menu} placement="bottom-start">
          <ToolbarButton variant="canvas" isOpen={false} aria-label={`${title}: choose a dashboard`}>
            {title}
          </ToolbarButton>
        </Dropdown>
      </nav>
      <ToolbarButton
        variant="canvas"
        tooltip={theme.name === 'dark' ? 'Light theme' : 'Dark theme'}
        aria-label={theme.name === 'dark' ? 'Light theme' : 'Dark theme'}
        onClick={theme.toggle}
      >
        <HalfDisc />
      </ToolbarButton>
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
    color: theme.colors.text.secondary,
  }),
});
