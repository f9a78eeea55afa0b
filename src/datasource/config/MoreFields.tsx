/** Fields that most people leave as they are, folded away until asked for. */
import { ControlledCollapse } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  label: string;
  /** Something in it is set, or wrong: it is shown from the start. */
  isOpen: boolean;
  children: ReactNode;
}

export function MoreFields({ label, isOpen, children }: Props) {
  return (
    <ControlledCollapse label={label} isOpen={isOpen}>
      {children}
    </ControlledCollapse>
  );
}
