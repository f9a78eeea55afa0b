/** A text in a language of its own, taken when the field is left or with Ctrl+S. */
import { CodeEditor, Field } from '@grafana/ui';

interface Props {
  label: string;
  description: string;
  language: 'promql' | 'sql' | 'json' | 'text';
  value: string;
  /** What is wrong with it, in words. */
  fault?: string;
  onChange: (value: string) => void;
}

export function CodeField({ label, description, language, value, fault, onChange }: Props) {
  const take = (text: string) => {
    if (text !== value) {
      onChange(text);
    }
  };
  return (
    <Field label={label} description={description} invalid={fault !== undefined} error={fault} noMargin>
      <CodeEditor
        height={120}
        language={language}
        value={value}
        showMiniMap={false}
        showLineNumbers={false}
        monacoOptions={{ ariaLabel: label }}
        onBlur={take}
        onSave={take}
      />
    </Field>
  );
}
