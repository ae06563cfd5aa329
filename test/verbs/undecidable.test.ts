import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Detection, type DetectOptions } from '../../engine/detect.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';

const PLUGINS = [
  { name: 'container', version: '0.7.1' },
  { name: 'k8smeta', version: '0.4.1' },
];
const START = '{"section":1}\n{"process":{"tid":7,"pid":7,"ptid":1,"comm":"sh","exe":"sh"}}';
const OPEN = event('SYSCALL_OPEN_X', '"fd":3,"name":"/etc/x","flags":1,"mode":0');
const EXEC = '"res":0,"exe":"id","args":"","tid":7,"pid":7,"ptid":1,"cwd":"/","comm":"id"';
const IN_CONTAINER =
  '{"process":{"tid":8,"pid":8,"ptid":1,"comm":"sh","exe":"sh","cgroups":["cpu=/docker/1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c5b6a7988"]}}';
const UNTOLD = 'the trace tells nothing of its containers but their ids';

describe('a rule is labelled undecidable', () => {
  it.each<[condition: string, trace: string[], label: string | undefined]>([
    // Fields of a plugin.
    [
      'evt.type = open and k8smeta.pod.name = x',
      [OPEN],
      'k8smeta.pod.name: the trace has no data of the plugin k8smeta',
    ],
    [
      'evt.type = open and not k8smeta.pod.label[a] = x',
      [OPEN],
      'k8smeta.pod.label: the trace has no data of the plugin k8smeta',
    ],
    ['evt.type = close and k8smeta.pod.name = x', [OPEN], undefined],
    // Containers.
    ['evt.type = open and container.name = x', [IN_CONTAINER, OPEN], `container.name: ${UNTOLD}`],
    ['evt.type = open and tolower(k8s.ns.name) = x', [IN_CONTAINER, OPEN], `k8s.ns.name: ${UNTOLD}`],
    ['evt.type = open and container.id = x', [IN_CONTAINER, OPEN], undefined],
    ['evt.type = open and container.name = x', [OPEN], undefined],
    ['evt.type = close and container.name = x', [IN_CONTAINER, OPEN], undefined],
    [
      'evt.type = open and container.name = x',
      [
        IN_CONTAINER,
        event('CONTAINER_JSON_2_E', String.raw`"json":"{\"container\":{\"id\":\"1\",\"name\":\"x\"}}"`),
        OPEN,
      ],
      undefined,
    ],
    // Parameters of the event itself.
    [
      'evt.type = open and evt.rawarg.ino > 0',
      [OPEN],
      'evt.rawarg.ino: the open events of the trace have no parameter ino',
    ],
    ['evt.type = open and evt.arg.ino = 0', [OPEN], 'evt.arg.ino: the open events of the trace have no parameter ino'],
    ['evt.type = open and evt.arg[5] = 0', [OPEN], 'evt.arg[5]: the open events of the trace have no parameter 5'],
    ['evt.type = open and evt.arg.flags = 0', [OPEN], undefined],
    ['evt.type = close and evt.arg.ino = 0', [OPEN], undefined],
    ['evt.type = open and evt.arg.ino = 0', [OPEN, event('SYSCALL_OPEN_X', '"fd":3,"ino":4')], undefined],
    ['evt.type = open and evt.arg.ino = 0', [event('SYSCALL_OPEN_X', '"fd":-2')], undefined],
    // Parameters of the event that started the program.
    [
      'evt.type = open and proc.is_exe_upper_layer = true',
      [exec(EXEC), OPEN],
      'proc.is_exe_upper_layer: the execve events of the trace have no parameter flags',
    ],
    [
      'evt.type = open and thread.cap_effective contains x',
      [exec(EXEC), OPEN],
      'thread.cap_effective: the execve events of the trace have no parameter cap_effective',
    ],
    ['evt.type = open and proc.is_exe_upper_layer = true', [exec(`${EXEC},"flags":0`), OPEN], undefined],
    ['evt.type = open and proc.is_exe_upper_layer = true', [OPEN], undefined],
    [
      'evt.type = open and proc.tty = 1',
      ['{"process":{"tid":9,"pid":9,"ptid":1,"comm":"sh","exe":"sh","tty":34816}}', exec(EXEC), OPEN],
      undefined,
    ],
    // Names of addresses.
    ['evt.type = open and fd.sip.name = x', [OPEN], 'fd.sip.name: no table of host names was given'],
    // Several at once, and in the order of the condition.
    [
      'evt.type = open and fd.sip.name = x and (fd.cip.name = x or evt.arg.dev = 0)',
      [OPEN],
      'fd.cip.name, fd.sip.name: no table of host names was given; evt.arg.dev: the open events of the trace have no parameter dev',
    ],
    [
      'evt.type = openat and evt.abspath = /etc/x and fd.name = /etc/x and evt.arg.ino = 0',
      [event('SYSCALL_OPENAT_2_X', '"fd":3,"dirfd":-100,"name":"/etc/x","flags":1,"mode":0')],
      'evt.arg.ino: the openat events of the trace have no parameter ino',
    ],
  ])('%s over %j: %s', (condition, trace, label) => {
    const rule = `- {rule: r, desc: d, condition: "${condition}", output: x, priority: INFO}`;
    const { ruleSet, results } = loadRules([new Source('rules.yaml', rule)], { plugins: PLUGINS });
    expect(results.flatMap(({ errors }) => errors)).toEqual([]);
    const bytes = new TextEncoder().encode(`${[START, ...trace].map(numbered).join('\n')}\n`);
    expect(labels(ruleSet!, bytes)).toEqual(label === undefined ? {} : { r: label });
  });

  it('by no name of an address when a table of them was given', () => {
    const rule = '- {rule: r, desc: d, condition: evt.type = open and fd.sip.name = x, output: x, priority: INFO}';
    const { ruleSet } = loadRules([new Source('rules.yaml', rule)]);
    const bytes = new TextEncoder().encode(`${START}\n${numbered(OPEN, 0)}\n`);
    expect(labels(ruleSet!, bytes, { hosts: new Map([['\x7f\0\0\x01', ['localhost']]]) })).toEqual({});
  });
});

describeConformance('over captures of many ages', () => {
  const folder = `${CONFORMANCE}/captures`;
  const names = readdirSync(folder);
  const capture = (name: string) => {
    const bytes = readFileSync(`${folder}/${names.find((file) => file.startsWith(name))}`);
    return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  };
  const sources = ['falco_rules', 'falco-incubating_rules', 'falco-sandbox_rules'].map(
    (name) => new Source(name, readFileSync(`${CONFORMANCE}/rules/${name}.yaml`, 'utf8')),
  );
  const { ruleSet } = loadRules(sources);
  const noParam = (field: string, param: string) =>
    `${field}: the execve events of the trace have no parameter ${param}`;
  const LATE = {
    'Drop and execute new binary in container': noParam('proc.is_exe_upper_layer', 'flags'),
    'Fileless execution via memfd_create': noParam('proc.is_exe_from_memfd', 'flags'),
    'Launch Excessively Capable Container': noParam('thread.cap_permitted', 'cap_permitted'),
    'Detect release_agent File Container Escapes': noParam('thread.cap_effective', 'cap_effective'),
  };

  it.each([
    ['falco__cat_write', 9, { ...LATE, 'Terminal shell in container': noParam('proc.tty', 'tty') }],
    ['sfcoll__alpine', 4, LATE],
    ['falco__empty_99d6d5', 0, {}],
    ['small', 17, { 'Launch Privileged Container': `container.image.repository, container.privileged: ${UNTOLD}` }],
  ])('%s leaves %i rules open', (name, count, some) => {
    const found = labels(ruleSet!, capture(name));
    expect(found).toMatchObject(some);
    expect(Object.keys(found)).toHaveLength(count);
  });
});

function labels(ruleSet: RuleSet, trace: Uint8Array, options: Partial<DetectOptions> = {}): Record<string, string> {
  const detection = new Detection(ruleSet, { ...options, onAlert: () => {} });
  const reader = new DetectingReader(detection, detection.wants);
  reader.push(trace);
  reader.end();
  expect(reader.diagnostics).toEqual([]);
  const { rules } = detection.report();
  return Object.fromEntries(rules.flatMap(({ rule, undecidable }) => (undecidable ? [[rule, undecidable]] : [])));
}

function event(type: string, params: string): string {
  return `{"num":0,"time":1700000000000000000,"tid":7,"cpu":0,"type":"${type}","params":{${params}}}`;
}

function exec(params: string): string {
  return event('SYSCALL_EXECVE_19_X', params);
}

function numbered(line: string, place: number): string {
  return line.replace('"num":0', `"num":${place + 1}`);
}
