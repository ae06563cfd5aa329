// Does the work of `creance detect` up to one stage, in a process of its own, so that each stage meets V8 as cold as the
// command does: stage.ts STAGE TRACE RULES... Prints its CPU seconds, and the events that it read.
import { check } from '../../engine/check.ts';
import { Detection } from '../../engine/detect.ts';
import { Matcher } from '../../engine/match/matcher.ts';
import { traceWants } from '../../engine/match/trace-wants.ts';
import type { Event } from '../../engine/model/event.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { planOf } from '../../engine/plan/plan.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { createSystem, type System } from '../../engine/state/system.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { processTerminal } from '../../functions/cli/process-terminal.ts';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';
import { feedCapture } from '../../functions/cli/trace-input.ts';
import { STAGES, type Stage } from './stages.ts';

const [stage, trace, ...ruleFiles] = process.argv.slice(2) as [Stage, string, ...string[]];
const isReached = (other: Stage): boolean => STAGES.indexOf(stage) >= STAGES.indexOf(other);

let events = 0;

async function read(ruleSet: RuleSet, wants: Uint8Array, wantedTypes: Uint8Array): Promise<void> {
  const taker = isReached('parse') ? new DetectingReader(sinkOf(ruleSet, wantedTypes), wants) : NOBODY;
  await feedCapture(trace, taker, processTerminal(), async () => {});
  events = taker.eventCount;
}

function sinkOf(ruleSet: RuleSet, wantedTypes: Uint8Array): TraceSink {
  if (isReached('render')) return new Detection(ruleSet, { onAlert: (alert) => void alertJson(alert) });
  const known = createSystem();
  if (isReached('match')) return new Matching(known, new Matcher(planOf(ruleSet.active)));
  if (isReached('state')) return new Knowing(known, wantedTypes);
  return { section() {}, machine() {}, interfaces() {}, users() {}, process() {}, files() {}, event() {} };
}

/** Takes bytes and makes nothing of them. */
const NOBODY = { push() {}, end() {}, eventCount: 0 };

/** Lets events take effect as detection does, and asks no rule. */
class Knowing extends SystemSink {
  readonly #known: System;
  readonly #wantedTypes: Uint8Array;

  constructor(known: System, wantedTypes: Uint8Array) {
    super(known, () => {});
    this.#known = known;
    this.#wantedTypes = wantedTypes;
  }

  override event(event: Event): void {
    if (this.#wantedTypes[event.type] === 0) return this.#known.pass(event);
    this.#known.apply(event);
    this.#known.settle();
  }
}

/** Asks the rules as well, and renders no alert. */
class Matching extends SystemSink {
  readonly #known: System;
  readonly #matcher: Matcher;

  constructor(known: System, matcher: Matcher) {
    super(known, () => {});
    this.#known = known;
    this.#matcher = matcher;
  }

  override event(event: Event): void {
    if (this.#matcher.wantedTypes[event.type] === 0) return this.#known.pass(event);
    const moment = this.#known.apply(event);
    if (moment.visible) this.#matcher.match(moment);
    this.#known.settle();
  }
}

if (isReached('rules')) {
  const { ruleSet } = check(readRuleFiles(ruleFiles));
  if (ruleSet === undefined) throw new Error('the rules do not load');
  const { wantedTypes } = planOf(ruleSet.active);
  if (isReached('gunzip')) await read(ruleSet, traceWants(wantedTypes), wantedTypes);
}
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ seconds: (user + system) / 1e6, events }));
