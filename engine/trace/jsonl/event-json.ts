import type { Event } from '../../model/event.ts';
import { EVENT_TYPES, type EventType } from '../../model/event-types.ts';
import { MAX_SCAP_BLOCK_BYTES } from '../../model/limits.ts';
import { appendBytes, appendFilled } from '../event-scratch.ts';
import { fitsBlock } from '../scap/event-output.ts';
import { describeNode, type JsonNode, type LineProblem } from './json-node.ts';
import { readInteger } from './number-json.ts';
import { paramBytes } from './param-bytes.ts';
import { jsonOfParam } from './param-json.ts';
import { noteUnknownKey } from './record-shape.ts';

const BY_SYMBOL: ReadonlyMap<string, EventType> = new Map(EVENT_TYPES.map((type) => [type.symbol, type]));
const KEYS = ['num', 'time', 'tid', 'cpu', 'type', 'params', 'stateOnly'];
const MAX_TIME = 2n ** 64n - 1n;
const MAX_ID = 2n ** 63n;

/**
 * The JSON of an event: `{"num":1,"time":...,"tid":42,"cpu":0,"type":"SYSCALL_OPENAT_2_X","params":{"fd":3,...}}`. A
 * parameter that is absent is null; those that the event doesn't reach to are left out.
 */
export function jsonOfEvent(event: Event): string {
  const { symbol, params } = EVENT_TYPES[event.type] as EventType;
  const parts: string[] = [];
  for (let i = 0; i < event.paramCount; i++) {
    const param = params[i];
    if (param !== undefined) parts.push(`"${param.name}":${jsonOfParam(event, i, param)}`);
  }
  const state = event.stateOnly ? ',"stateOnly":true' : '';
  const head = `"num":${event.num},"time":${event.time()},"tid":${event.tid},"cpu":${event.cpu}${state}`;
  return `{${head},"type":"${symbol}","params":{${parts.join(',')}}}`;
}

/**
 * Reads an event record into an event that owns its bytes. `num` is 0 where the record has none.
 *
 * @returns false if `problem` tells why it is none
 */
export function readEventJson(node: JsonNode, event: Event, problem: LineProblem): boolean {
  if (node.kind !== 'object') return false;
  const fields = new Map<string, JsonNode>();
  for (const member of node.members) {
    if (!KEYS.includes(member.key)) noteUnknownKey(member, 'an event', KEYS, problem);
    fields.set(member.key, member.value);
  }
  const type = typeOf(fields.get('type') as JsonNode, problem);
  const time = fields.get('time');
  if (time === undefined) problem.note(node.at, 'an event needs a time, in nanoseconds since 1970');
  if (type === undefined || time === undefined) return false;
  readHead(fields, time, event, problem);
  event.type = type.code;
  event.paramCount = 0;
  const params = fields.get('params');
  if (params !== undefined) readParams(params, type, event, problem);
  if (!fitsBlock(event))
    problem.note(
      node.at,
      `the event is larger than one of its type can be (${MAX_SCAP_BLOCK_BYTES} bytes, most types 65535)`,
    );
  return problem.message === undefined;
}

function typeOf(node: JsonNode, problem: LineProblem): EventType | undefined {
  if (node.kind !== 'text') problem.note(node.at, `type must be a text, not ${describeNode(node)}`);
  if (node.kind !== 'text') return undefined;
  const type = BY_SYMBOL.get(node.text);
  if (type === undefined)
    problem.noteWord(node.at, node.text, (shown) => `there is no event type ${shown}`, BY_SYMBOL.keys());
  return type;
}

function readHead(fields: ReadonlyMap<string, JsonNode>, time: JsonNode, event: Event, problem: LineProblem): void {
  const integer = (name: string, min: bigint, max: bigint, otherwise: number) => {
    const node = fields.get(name);
    return node === undefined ? otherwise : Number(readInteger(node, min, max, name, problem));
  };
  const nanoseconds = BigInt(readInteger(time, 0n, MAX_TIME, 'time', problem));
  event.timeLow = Number(nanoseconds & 0xffffffffn);
  event.timeHigh = Number(nanoseconds >> 32n);
  event.num = integer('num', 1n, 2n ** 53n - 1n, 0);
  event.tid = integer('tid', -MAX_ID, MAX_ID - 1n, -1);
  event.cpu = integer('cpu', 0n, 0xffffn, 0);
  const stateOnly = fields.get('stateOnly');
  event.stateOnly = stateOnly?.kind === 'boolean' && stateOnly.value;
  if (stateOnly !== undefined && stateOnly.kind !== 'boolean')
    problem.note(stateOnly.at, 'stateOnly must be true or false');
}

/** Parameters may be given in any order; those between that are left out are absent. */
function readParams(node: JsonNode, type: EventType, event: Event, problem: LineProblem): void {
  if (node.kind !== 'object') return problem.note(node.at, `params must be an object, not ${describeNode(node)}`);
  const given: JsonNode[] = [];
  for (const member of node.members) {
    const index = type.params.findIndex((param) => param.name === member.key);
    if (index === -1)
      noteUnknownKey(
        member,
        type.symbol,
        type.params.map(({ name }) => name),
        problem,
      );
    else given[index] = member.value;
  }
  for (let index = 0; index < given.length; index++) {
    const value = given[index];
    if (value === undefined) appendFilled(0, 0, event);
    else appendBytes(paramBytes(value, type.params[index]!, problem), event);
  }
}
