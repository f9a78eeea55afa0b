/**
 * Stands for `react-dom/server`, half a megabyte that @grafana/ui asks for one thing only: the text of a node that does
 * not fit, for its tooltip.
 */
import { Children, isValidElement, type ReactNode } from 'react';

const textOf = (node: ReactNode): string =>
  Children.toArray(node)
    .map((child) =>
      isValidElement<{ children?: ReactNode }>(child) ? textOf(child.props.children) : String(child as string | number),
    )
    .join('');

export default { renderToStaticMarkup: textOf };
