/** Which experiments a store shows. */
/** An experiment as a store knows it, before definition, aliases and defaults are applied. */
export interface DiscoveredExperiment {
  id: string;
  variants: string[];
  /** `uplift.*` tags, without the prefix. */
  tags: Record<string, string>;
}
