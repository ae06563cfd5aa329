import type { Field } from '../../fields/field.ts';
import type { Check } from '../../filter/ast.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Moment } from '../../state/moment.ts';
import { parseIpv4, parseIpv6 } from '../address-constant.ts';
import { constantTest, type RightConstants } from '../right-constants.ts';

/**
 * `fd.sip.name` and the like. A name that is known is compared as a text; an address of several
 * names has each of them, as Falco looks up the constant and not the address. Of an address without one Falco asks whether
 * the constant is one of its names: it is when it is the address itself, written out, and otherwise it is not.
 */
export function hostName(check: Check, field: Field, right: RightConstants): (moment: Moment) => boolean {
  const { operator } = check;
  if (operator === 'exists') return (moment) => field.candidates?.(moment) !== undefined;
  const addresses = right.constants.map((text) => parseIpv4(text as ByteString) ?? parseIpv6(text as ByteString));
  const test = constantTest(check, field, right);
  return (moment) => {
    const name = field.read(moment);
    const address = field.candidates?.(moment)?.[0] as ByteString | undefined;
    if (name !== undefined) {
      const names = address === undefined ? undefined : moment.system.hosts.get(address);
      if (names === undefined || names.length === 1) return test(name);
      return operator === '!=' ? names.every(test) : names.some(test);
    }
    if (address === undefined) return false;
    if (operator === 'in') return addresses.includes(address);
    if (addresses.length === 0) return false;
    return operator === '=' ? addresses[0] === address : operator === '!=' && addresses[0] !== address;
  };
}

/** What Falco ends with at the first connection to an address without a name. */
export function nameProblem({ operator }: Check): string | undefined {
  return ['=', '!=', 'in', 'exists'].includes(operator)
    ? undefined
    : "filter error: fd.*ip.name filter only supports '=' and '!=' operators";
}
