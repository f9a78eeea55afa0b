/** What every source's section gets besides the settings. */
import type { ReactNode } from 'react';

export interface SectionProps {
  /** A provisioned data source is changed in its file. */
  isReadOnly: boolean;
  /** The source's connection test. */
  test: ReactNode;
}
