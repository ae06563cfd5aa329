import type { Alert } from '../../model/alert.ts';
import { alertJson } from '../../output/alert-json.ts';
import { alertLine } from '../../output/alert-line.ts';
import type { TestRun } from '../../suite/test-run.ts';
import type { RuleStack } from '../rule-stack.ts';
import type { Emulated } from './emulated.ts';
import type { FalcoOutputs } from './falco-outputs.ts';

const PRIORITIES = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFORMATIONAL', 'DEBUG'];

/** A Falco that runs on the node and hears what happens there from the moment it was started. */
export class FalcoProcess {
  readonly pid: number;
  readonly outputs: FalcoOutputs;
  readonly #node: Emulated;
  readonly #stack: RuleStack;
  readonly #cwd: string;
  readonly #unit: string;
  readonly #print: (line: string) => void;
  /** Alerts by rule, in the order of the rules. */
  readonly #fired = new Map<string, { readonly priority: string; count: number }>();
  readonly #started: bigint;
  #run: TestRun | undefined;
  #round = -1n;
  #next = 0;
  #told = 0;

  /**
   * @param stack rules that load
   * @param cwd where a relative path of its file output begins
   * @param unit whose it is for the journal: that of the service, or of a session
   * @param print takes what goes to its standard output
   */
  constructor(
    node: Emulated,
    stack: RuleStack,
    outputs: FalcoOutputs,
    cwd: string,
    unit: string,
    pid: number,
    print: (line: string) => void = () => {},
  ) {
    this.#node = node;
    this.#cwd = cwd;
    this.#unit = unit;
    this.#stack = stack;
    this.outputs = outputs;
    this.#print = print;
    this.pid = pid;
    this.#started = node.now;
    this.catchUp();
  }

  /** Hears all that has happened up to now. */
  catchUp(): void {
    const { round, at } = this.#node.placeOnTape();
    // What happened before it was started made the state that it finds, and nothing is told of it.
    for (let next = this.#round === -1n ? round : this.#round; next <= round; next++) {
      if (next < 0n) continue;
      if (next !== this.#round) this.#begin(next);
      this.#play(next === round ? at : this.#node.tape.length);
    }
  }

  #begin(round: bigint): void {
    const { ruleSet, configuration } = this.#stack;
    if (ruleSet === undefined) throw new Error('Falco was started with rules that do not load');
    const matching = configuration?.run.matching ?? 'first';
    this.#run = this.#node.beginRun(ruleSet, { ...configuration?.run, matching, hosts: this.#node.hosts });
    this.#node.tape.begin(this.#run);
    this.#round = round;
    this.#next = 0;
    this.#told = 0;
  }

  #play(until: bigint): void {
    const run = this.#run as TestRun;
    const { tape, cluster } = this.#node;
    const shift = this.#node.timeOfRound(this.#round) - tape.startTime;
    this.#next = tape.play(run, this.#next, until, shift, (container, at) =>
      cluster.isStopped(container, this.#node.timeOfRound(this.#round) + at),
    );
    for (; this.#told < run.raised.length; this.#told++) {
      const alert = (run.raised[this.#told] as TestRun['raised'][number]).alert;
      if (alert.time >= this.#started) this.#deliver(alert);
    }
  }

  #deliver(alert: Alert): void {
    const known = this.#fired.get(alert.rule);
    if (known === undefined) this.#fired.set(alert.rule, { priority: alert.priority, count: 1 });
    else known.count++;
    const { configuration } = this.#stack;
    const named = { ...alert, hostname: this.#node.hostname };
    this.say(configuration?.jsonOutput === true ? alertJson(named, configuration.json) : alertLine(alert), alert.time);
  }

  /** Sends a line to every output that is on. */
  say(line: string, time: bigint): void {
    const { stdout, syslog, file } = this.outputs;
    if (stdout) this.#print(line);
    if (syslog) this.#node.log('falco', this.pid, line, time, this.#unit);
    if (file === undefined) return;
    const path = this.#node.resolve(file, this.#cwd);
    const problem = this.#node.files.append(path, `${line}\n`);
    if (problem !== undefined)
      this.#node.log('falco', this.pid, `failed to open output file ${file}: ${problem}`, time, this.#unit);
  }

  /** What it says of its work when it ends. */
  summary(): string[] {
    const all = [...this.#fired];
    const total = all.reduce((sum, [, { count }]) => sum + count, 0);
    const of = (priority: string): number =>
      all.reduce((sum, [, one]) => sum + (one.priority.toUpperCase() === priority ? one.count : 0), 0);
    const order = new Map(this.#stack.ruleSet?.rules.map(({ name }, number) => [name, number]));
    const byRule = all.toSorted(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return [
      `Events detected: ${total}`,
      'Rule counts by severity:',
      ...PRIORITIES.filter((one) => of(one) > 0).map((one) => `   ${one}: ${of(one)}`),
      'Triggered rules by rule name:',
      ...byRule.map(([name, { count }]) => `   ${name}: ${count}`),
    ];
  }
}
