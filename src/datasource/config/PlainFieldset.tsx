/** Switches every field in it off at once, and looks like nothing. */
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

const getStyles = () => css({ border: 0, margin: 0, padding: 0, minWidth: 0 });

export function PlainFieldset({ isDisabled, children }: { isDisabled: boolean; children: ReactNode }) {
  const plain = useStyles2(getStyles);
  return (
    <fieldset disabled={isDisabled} className={plain}>
      {children}
    </fieldset>
  );
}
