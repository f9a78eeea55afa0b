import type { SourceName } from '../../src/calc/provenance';

/**
 * A store's server is not on this machine and could not be fetched. Not a fault: the demo runs on without the store, and
 * tests skip with `message`.
 */
export class MissingStoreError extends Error {
  override readonly name = 'MissingStoreError';

  /**
   * @param store the store that is missing
   * @param reason why, in one clause
   * @param install the command or step that puts it there
   */
  constructor(
    readonly store: SourceName,
    readonly reason: string,
    readonly install: string,
  ) {
    super(`${store}: ${reason}. To install: ${install}`);
  }
}
