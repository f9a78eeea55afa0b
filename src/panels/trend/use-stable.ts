import { isEqual } from 'lodash';
import { useState } from 'react';

/** The value, as the same object for as long as it is deeply equal: what depends on it is not built anew by a refresh. */
export function useStable<T>(value: T): T {
  const [stable, setStable] = useState(value);
  if (stable !== value && !isEqual(stable, value)) {
    setStable(value);
    return value;
  }
  return stable;
}
