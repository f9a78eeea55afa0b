/** One source's part of the settings: switched on or off as a whole, as a source may be missing. */
import { FieldSet, InlineField, InlineSwitch } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  id: string;
  title: string;
  isUsed: boolean;
  onUse: (isUsed: boolean) => void;
  children: ReactNode;
}

export function SourceSection({ id, title, isUsed, onUse, children }: Props) {
  const switchId = `uplift-use-${id}`;
  return (
    <FieldSet label={title}>
      <InlineField label={`Use ${title}`} htmlFor={switchId} transparent>
        <InlineSwitch id={switchId} value={isUsed} onChange={({ currentTarget }) => onUse(currentTarget.checked)} />
      </InlineField>
      {isUsed && children}
    </FieldSet>
  );
}
