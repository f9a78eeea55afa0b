/** Grafana's template service over given variables: a text is one value, a list a variable that may hold several. */
import type { TemplateSrv } from '@grafana/runtime';

type Formatter = (value: string | string[], variable: { multi: boolean }) => string;

const isFormatter = (format: unknown): format is Formatter => typeof format === 'function';

export const templatesOf = (variables: Readonly<Record<string, string | string[]>>): TemplateSrv => ({
  getVariables: () => [],
  containsTemplate: () => true,
  updateTimeRange: () => undefined,
  replace: (text = '', _scopedVars, format) =>
    text.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
      const value = variables[bare ?? braced ?? ''];
      if (value === undefined) {
        return whole;
      }
      if (isFormatter(format)) {
        return format(value, { multi: Array.isArray(value) });
      }
      return Array.isArray(value) ? `{${value.join(',')}}` : value;
    }),
});
