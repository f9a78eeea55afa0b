/** One source's part of the settings: switched on or off as a whole, as a source may be missing; tested on its own. */
import { FieldSet, InlineField, InlineSwitch } from '@grafana/ui';
import type { ReactNode } from 'react';
import { PlainFieldset } from './PlainFieldset';

interface Props {
  id: string;
  title: string;
  isUsed: boolean;
  isReadOnly: boolean;
  onUse: (isUsed: boolean) => void;
  /** The connection test: it works where nothing may be changed, too. */
  test: ReactNode;
  children: ReactNode;
}

export function SourceSection({ id, title, isUsed, isReadOnly, onUse, test, children }: Props) {
  const switchId = `uplift-use-${id}`;
  return (
    <FieldSet label={title}>
      <PlainFieldset isDisabled={isReadOnly}>
        <InlineField label={`Use ${title}`} htmlFor={switchId} transparent disabled={isReadOnly}>
          <InlineSwitch id={switchId} value={isUsed} onChange={({ currentTarget }) => onUse(currentTarget.checked)} />
        </InlineField>
        {isUsed && children}
      </PlainFieldset>
      {isUsed && test}
    </FieldSet>
  );
}
