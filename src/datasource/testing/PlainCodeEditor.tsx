/** Stands in for Grafana's code editor: a box with the same name, taken when it is left. */
import type { CodeEditor as GrafanasOwn } from '@grafana/ui';
import type { ComponentProps } from 'react';

type Props = Pick<ComponentProps<typeof GrafanasOwn>, 'value' | 'monacoOptions' | 'onBlur'>;

export function CodeEditor({ value, monacoOptions, onBlur }: Props) {
  return (
    <textarea
      aria-label={monacoOptions?.ariaLabel}
      defaultValue={value}
      onBlur={({ currentTarget }) => onBlur?.(currentTarget.value)}
    />
  );
}
