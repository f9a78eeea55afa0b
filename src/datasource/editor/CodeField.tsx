/** A query in a store's own language, sent when the field is left or with Ctrl+S. */
import { CodeEditor, Field } from '@grafana/ui';

interface Props {
  label: string;
  description: string;
  language: 'promql' | 'sql' | 'text';
  value: string;
  onChange: (value: string) => void;
}

export function CodeField({ label, description, language, value, onChange }: Props) {
  return (
    <Field label={label} description={description} noMargin>
      <CodeEditor
        height={120}
        language={language}
        value={value}
        showMiniMap={false}
        showLineNumbers={false}
        onBlur={onChange}
        onSave={onChange}
      />
    </Field>
  );
}
