import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, LinkButton, useStyles2, useTheme2 } from '@grafana/ui';
import { Glyph, type GlyphName } from './Glyph';
import { toneColours, type Tone } from './tone';

export type StateAction =
  | { kind: 'link'; label: string; href: string }
  | { kind: 'copy'; label: string; text: string }
  | { kind: 'do'; label: string; onClick: () => void };

interface StateMessageProps {
  glyph: GlyphName;
  tone: Tone;
  title: string;
  text: string;
  /** Rows of evidence: which source said what, or class and fix of an error. */
  facts?: ReadonlyArray<{ label: string; words: string; more?: string | undefined }>;
  /** The ways on. */
  actions?: readonly StateAction[];
  /** An error is announced at once, anything else politely. */
  isAlert?: boolean;
}

function ActionButton({ action }: { action: StateAction }) {
  switch (action.kind) {
    case 'link':
      return (
        <LinkButton size="sm" variant="secondary" href={action.href}>
          {action.label}
        </LinkButton>
      );
    case 'copy':
      return (
        <ClipboardButton size="sm" variant="secondary" getText={() => action.text}>
          {action.label}
        </ClipboardButton>
      );
    case 'do':
      return (
        <Button size="sm" variant="secondary" onClick={action.onClick}>
          {action.label}
        </Button>
      );
  }
}

/** A panel that has no numbers to show: what happened, who said so, and a way on. */
export function StateMessage({
  glyph,
  tone,
  title,
  text,
  facts = [],
  actions = [],
  isAlert = false,
}: StateMessageProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <div className={styles.area}>
      <div className={styles.message} role={isAlert ? 'alert' : 'status'}>
        <Glyph name={glyph} size={20} colour={toneColours(theme, tone).text} />
        <div className={styles.body}>
          <div className={styles.title}>{title}</div>
          {text !== '' && <div className={styles.text}>{text}</div>}
          {facts.length > 0 && (
            <dl className={styles.facts}>
              {facts.map((fact) => (
                <div key={fact.label}>
                  <dt>{fact.label}</dt>
                  <dd>
                    {fact.words}
                    {fact.more !== undefined && <div>{fact.more}</div>}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {actions.length > 0 && (
            <div className={styles.actions}>
              {actions.map((action) => (
                <ActionButton key={action.label} action={action} />
              ))}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  area: css({
    flex: 1,
    minHeight: 0,
    overflow: 'auto',
    display: 'flex',
    justifyContent: 'center',
    padding: '16px 0',
    containerType: 'size',
    // A tile has room for what happened; who said so is in the badge's tooltip.
    '@container (max-height: 90px)': { '& dl': { display: 'none' } },
  }),
  message: css({ display: 'flex', gap: 8, maxWidth: 520, margin: 'auto', '& > svg': { marginTop: 3 } }),
  body: css({ minWidth: 0 }),
  title: css({ fontSize: 16, lineHeight: '24px', fontWeight: 500, color: theme.colors.text.maxContrast }),
  text: css({ fontSize: 12, lineHeight: '20px', color: theme.colors.text.secondary }),
  facts: css({
    margin: '12px 0 0',
    fontSize: 12,
    lineHeight: '18px',
    '& > div': {
      display: 'flex',
      gap: 16,
      padding: '3px 0',
      borderTop: `1px solid ${theme.colors.border.weak}`,
    },
    '& dt': { width: 84, flex: 'none', fontWeight: 500 },
    '& dd': { margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere' },
  }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }),
});
