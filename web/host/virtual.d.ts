/** Modules that the build makes (scripts/build/page). */

/** What the bundle's modules import, by the library's name. */
declare module 'virtual:shared-libraries' {
  export const shared: ReadonlyMap<string, Record<string, unknown>>;
}

/** Drawings of Grafana's icons, as SVG, by name. */
declare module 'virtual:icons' {
  export const icons: ReadonlyMap<string, string>;
}
