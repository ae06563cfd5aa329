import { typeName } from '../fields/transform-type.ts';
import type { Modifier, Operator } from '../filter/ast.ts';
import type { ParamType } from '../model/param-type.ts';
import { Refusal } from './refusal.ts';

/** Types that are compared alike. */
export type TypeGroup = 'number' | 'bool' | 'address' | 'network' | 'text' | 'buffer' | 'other';

const GROUPS: Readonly<Partial<Record<ParamType, TypeGroup>>> = {
  INT8: 'number',
  INT16: 'number',
  INT32: 'number',
  INT64: 'number',
  UINT8: 'number',
  UINT16: 'number',
  UINT32: 'number',
  UINT64: 'number',
  ERRNO: 'number',
  FD: 'number',
  PID: 'number',
  SYSCALLID: 'number',
  SIGTYPE: 'number',
  RELTIME: 'number',
  ABSTIME: 'number',
  PORT: 'number',
  FLAGS8: 'number',
  FLAGS16: 'number',
  FLAGS32: 'number',
  DOUBLE: 'number',
  MODE: 'number',
  ENUMFLAGS8: 'number',
  ENUMFLAGS16: 'number',
  ENUMFLAGS32: 'number',
  BOOL: 'bool',
  IPV4ADDR: 'address',
  IPV6ADDR: 'address',
  IPADDR: 'address',
  IPV4NET: 'network',
  IPV6NET: 'network',
  IPNET: 'network',
  CHARBUF: 'text',
  FSPATH: 'text',
  FSRELPATH: 'text',
  BYTEBUF: 'buffer',
};

/** Element types that a list field may have. */
const LIST_TYPES: ReadonlySet<ParamType> = new Set([
  'CHARBUF',
  'UINT64',
  'RELTIME',
  'ABSTIME',
  'BOOL',
  'IPADDR',
  'IPNET',
]);

const EQUALITY: readonly Operator[] = ['=', '!=', 'in', 'intersects'];
const ORDER: readonly Operator[] = ['<', '<=', '>', '>='];

const SUPPORTED: Readonly<Record<Exclude<TypeGroup, 'other'>, ReadonlySet<Operator>>> = {
  number: new Set([...EQUALITY, ...ORDER]),
  bool: new Set(EQUALITY),
  address: new Set(EQUALITY),
  network: new Set(EQUALITY),
  text: new Set<Operator>([
    ...EQUALITY,
    ...ORDER,
    'contains',
    'icontains',
    'startswith',
    'endswith',
    'glob',
    'iglob',
    'regex',
    'pmatch',
  ]),
  buffer: new Set<Operator>([...EQUALITY, 'contains', 'startswith', 'endswith', 'bcontains', 'bstartswith']),
};

/** Falco's words for a group; it calls booleans numeric. */
const CALLED: Readonly<Record<Exclude<TypeGroup, 'other'>, string>> = {
  number: 'numeric filters',
  bool: 'numeric filters',
  address: 'ip address and network filters',
  network: 'ip address and network filters',
  text: 'string filters',
  buffer: 'buffer filters',
};

/** How values of a type are compared. */
export function typeGroup(type: ParamType): TypeGroup {
  return GROUPS[type] ?? 'other';
}

/** Refuses an operator that a field of this type does not have. */
export function checkOperator(
  operator: Operator,
  modifier: Modifier | undefined,
  type: ParamType,
  isList: boolean,
): Refusal | undefined {
  if (operator === 'exists') return undefined;
  if (isList) return checkListOperator(operator, type);
  const group = typeGroup(type);
  if (group === 'other') {
    return new Refusal(`filter error: '${operator}' operator not supported for type '${typeName(type)}'`);
  }
  const supported = SUPPORTED[group];
  if (supported.has(operator)) return undefined;
  const isNet = group === 'address' || group === 'network';
  const how = isNet && modifier !== undefined ? 'with modifier' : 'operator';
  return new Refusal(
    `filter error: '${operator}' ${how} not supported for ${CALLED[group]}`,
    `it can be compared with ${[...supported].join(', ')}`,
  );
}

function checkListOperator(operator: Operator, type: ParamType): Refusal | undefined {
  if (!LIST_TYPES.has(type)) {
    return new Refusal(`filter error: list filters are not supported for type '${typeName(type)}'`);
  }
  if (operator === 'in' || operator === 'intersects') return undefined;
  return new Refusal(
    `filter error: '${operator}' operator not supported list filters`,
    'a list can be compared with in, intersects and exists',
  );
}
