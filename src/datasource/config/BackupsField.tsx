/** Replicas tried in order when the primary does not answer; written one a line. */
import { useState } from 'react';
import { TextAreaField } from './TextAreaField';

interface Props<T> {
  id: string;
  description: string;
  placeholder: string;
  backups: readonly T[];
  /** @throws RangeError saying what is wrong with the text */
  read: (text: string) => T[];
  write: (backups: readonly T[]) => string;
  fault: string | undefined;
  onChange: (backups: T[]) => void;
}

export function BackupsField<T>({ backups, read, write, fault, onChange, ...field }: Props<T>) {
  const [text, setText] = useState(() => write(backups));
  const [error, setError] = useState<string>();
  const change = (typed: string) => {
    setText(typed);
    try {
      onChange(read(typed));
      setError(undefined);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) {
        throw thrown;
      }
      setError(thrown.message);
    }
  };
  return <TextAreaField {...field} label="Backups" rows={2} value={text} fault={error ?? fault} onChange={change} />;
}
