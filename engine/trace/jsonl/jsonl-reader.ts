import { byteString, toUnicode } from '../../model/byte-string.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { Event } from '../../model/event.ts';
import type { TraceSink } from '../../model/trace.ts';
import { appendFilled } from '../event-scratch.ts';
import { PARAM_COUNTS } from '../scap/event-layout.ts';
import { NEED, NEEDS, Upgrader } from '../scap/upgrader.ts';
import { TraceDiagnostics } from '../trace-diagnostics.ts';
import type { TraceReader } from '../trace-reader.ts';
import { WANT } from '../wants.ts';
import { readEventJson } from './event-json.ts';
import { LineProblem, memberOf, type JsonMember, type JsonNode } from './json-node.ts';
import { parseJsonLine } from './json-parser.ts';
import { JSONL_VERSION } from './jsonl-writer.ts';
import { LineSplitter } from './line-splitter.ts';
import { readInteger } from './number-json.ts';
import { noteUnknownKey } from './record-shape.ts';
import {
  readFilesJson,
  readGroupsJson,
  readInterfacesJson,
  readMachineJson,
  readProcessJson,
  readUsersJson,
} from './snapshot-json.ts';

/** Keys that tell what a record is, and which other keys it may have; `null` are those that check their own. */
const RECORDS: ReadonlyMap<string, readonly string[] | null> = new Map<string, readonly string[] | null>([
  ['section', []],
  ['machine', []],
  ['interfaces', []],
  ['users', ['groups']],
  ['groups', ['users']],
  ['process', []],
  ['files', ['tid']],
  ['type', null],
]);

/** Broken lines for which the meant word is searched for; later ones are hardly read by anybody. */
const LINES_WITH_SUGGESTIONS = 20;

/**
 * Reads a trace that a `JsonlWriter` or a person wrote, pushed in chunks cut anywhere. A line that can't be read is told
 * with its line and column, and the lines after it are read all the same. Old event layouts are upgraded as in a
 * capture; an event of today that names only its first parameters gets the others as absent ones.
 */
export class JsonlReader implements TraceReader {
  /** Every line is a new chance. */
  readonly stopped = false;
  readonly #sink: TraceSink;
  readonly #wants: Uint8Array | undefined;
  readonly #found = new TraceDiagnostics();
  readonly #lines: LineSplitter;
  readonly #upgrader = new Upgrader();
  readonly #event = new Event();
  #line = 0;
  #lastNum = 0;
  #inSection = false;
  #received = 0;
  #folded = 0;
  #broken = 0;

  /** @param wants `WANT` by event type; without it every event is delivered whole */
  constructor(sink: TraceSink, wants?: Uint8Array) {
    this.#sink = sink;
    this.#wants = wants;
    this.#lines = new LineSplitter(
      (line, offset, isWhole) => this.#readLine(line, offset, isWhole),
      (offset) => this.#tellTooLong(offset),
    );
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#found.list;
  }

  get eventCount(): number {
    return this.#lastNum;
  }

  push(bytes: Uint8Array): void {
    this.#received += bytes.length;
    this.#lines.push(bytes);
  }

  end(): void {
    this.#lines.end();
    if (this.#received === 0) this.#found.add('TRACE_EMPTY', 'error', 'the trace is empty: there are no bytes', 0);
    else if (this.#lastNum === 0) this.#found.add('TRACE_NO_EVENTS', 'warning', 'the trace holds no event');
    if (this.#folded > 0) {
      const message = `${this.#folded} events are of old types that are no events of their own today`;
      this.#found.add('TRACE_OLD_EVENT', 'lint', message, undefined, 'write the exit event with all its parameters');
    }
    this.#found.close();
  }

  #readLine(line: Uint8Array, offset: number, isWhole: boolean): void {
    this.#line++;
    const start = offset === 0 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
    const bytes = line.subarray(start);
    if (bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)) return;
    const problem = new LineProblem(this.#broken < LINES_WITH_SUGGESTIONS);
    const node = parseJsonLine(bytes, problem);
    if (node !== undefined) this.#readRecord(node, problem);
    if (problem.message === undefined) return;
    this.#broken++;
    const column = toUnicode(byteString(bytes, 0, problem.at)).length + 1;
    const message = `line ${this.#line}, column ${column}: ${problem.message}`;
    const isCut = !isWhole && problem.at >= bytes.length;
    this.#found.add(isCut ? 'TRACE_TRUNCATED' : 'TRACE_BAD_LINE', 'error', message, offset + start + problem.at);
  }

  #readRecord(node: JsonNode, problem: LineProblem): void {
    if (node.kind !== 'object') return problem.note(node.at, 'a record must be an object');
    const named = node.members.find((member) => RECORDS.has(member.key));
    if (named === undefined)
      return problem.note(node.at, `a record has one of the keys ${[...RECORDS.keys()].join(', ')}`);
    const others = RECORDS.get(named.key);
    for (const member of node.members) {
      const { key } = member;
      if (others === null || others === undefined || key === named.key || others.includes(key)) continue;
      noteUnknownKey(member, `a record of ${named.key}`, others, problem);
    }
    if (named.key === 'section') return this.#beginSection(named.value, problem);
    if (!this.#inSection) this.#beginSection(undefined, problem);
    if (named.key === 'type') this.#readEvent(node, problem);
    else this.#readSnapshot(node, named, problem);
  }

  #readSnapshot(node: JsonNode, { key, value }: JsonMember, problem: LineProblem): void {
    const sink = this.#sink;
    /** Delivers only what was read without fault. */
    const deliver = (call: () => void) => {
      if (problem.message === undefined) call();
    };
    if (key === 'machine') {
      const machine = readMachineJson(value, problem);
      deliver(() => sink.machine(machine));
    } else if (key === 'interfaces') {
      const list = readInterfacesJson(value, problem);
      deliver(() => sink.interfaces(list));
    } else if (key === 'process') {
      const process = readProcessJson(value, problem);
      deliver(() => sink.process(process));
    } else if (key === 'files') {
      const tid = memberOf(node, 'tid');
      if (tid === undefined) return problem.note(node.at, 'a record of files needs the tid of their process');
      const id = Number(readInteger(tid, -(2n ** 63n), 2n ** 63n - 1n, 'tid', problem));
      const files = readFilesJson(value, problem);
      deliver(() => sink.files(id, files));
    } else {
      const [users, groups] = [memberOf(node, 'users'), memberOf(node, 'groups')];
      const userList = users === undefined ? [] : readUsersJson(users, problem);
      const groupList = groups === undefined ? [] : readGroupsJson(groups, problem);
      deliver(() => sink.users(userList, groupList));
    }
  }

  #beginSection(node: JsonNode | undefined, problem: LineProblem): void {
    if (node !== undefined) {
      const version = readInteger(node, 1n, 2n ** 31n, 'section', problem);
      if (version > JSONL_VERSION)
        problem.note(node.at, `the trace has version ${version}; this version reads ${JSONL_VERSION}`);
    }
    this.#inSection = true;
    this.#sink.section();
  }

  #readEvent(node: JsonNode, problem: LineProblem): void {
    const event = this.#event;
    if (!readEventJson(node, event, problem)) return;
    if (NEEDS[event.type] === NEED.ALL_PARAMS) {
      while (event.paramCount < (PARAM_COUNTS[event.type] as number)) appendFilled(0, 0, event);
    }
    const upgraded = this.#upgrader.apply(event);
    if (upgraded === undefined) {
      this.#folded++;
      return;
    }
    if (event.num !== 0 && event.num <= this.#lastNum) {
      const message = `line ${this.#line}: num ${event.num} doesn't follow ${this.#lastNum}; numbers are counted on instead`;
      this.#found.once('TRACE_BAD_NUMBER', 'lint', message);
    }
    upgraded.num = event.num > this.#lastNum ? event.num : this.#lastNum + 1;
    this.#lastNum = upgraded.num;
    const want = this.#wants?.[upgraded.type] ?? WANT.ALL;
    if (want === WANT.NOTHING) return;
    if (want === WANT.HEAD) upgraded.paramCount = 0;
    this.#sink.event(upgraded);
  }

  #tellTooLong(offset: number): void {
    this.#line++;
    this.#found.add(
      'TRACE_TOO_LARGE',
      'error',
      `line ${this.#line} is longer than a line may be and was passed over`,
      offset,
    );
  }
}
