/** Addresses and networks whose word is taken: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`. */
import { BlockList, isIP } from 'node:net';

export type IsTrusted = (address: string | undefined) => boolean;

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const WIDEST = { ipv4: 32, ipv6: 128 } as const;

/**
 * A check for the addresses of a list.
 * @throws RangeError naming the entry that is neither an address nor a network, as the end of a sentence
 */
export function trustAddresses(list: readonly string[]): IsTrusted {
  const trusted = new BlockList();
  for (const entry of list) {
    const [, address = '', width] = /^([^/]+?)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
    const family = familyOf(address);
    if (isIP(address) === 0 || Number(width ?? 0) > WIDEST[family]) {
      throw new RangeError(`holds “${entry}”, which is neither an address nor a network such as 10.0.0.0/8`);
    }
    if (width === undefined) {
      trusted.addAddress(address, family);
    } else {
      trusted.addSubnet(address, Number(width), family);
    }
  }
  return (address) => address !== undefined && isIP(address) !== 0 && trusted.check(address, familyOf(address));
}
