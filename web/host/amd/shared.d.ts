/** Made by the build: what the bundle's modules import, by the library's name (scripts/build/page/shared-libraries.ts). */
declare module 'virtual:shared-libraries' {
  export const shared: ReadonlyMap<string, Record<string, unknown>>;
}
