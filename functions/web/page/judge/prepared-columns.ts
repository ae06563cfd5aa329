import type { Field } from '../../../../engine/fields/field.ts';
import { Preparation } from '../../../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../../../engine/prepared/prepared-trace.ts';
import { selectionOf } from '../../../../engine/prepared/selection.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import { CREANCE_VERSION } from '../../../version.ts';
import { feed } from './feed.ts';
import type { HeldTrace } from './held-trace.ts';
import type { Pace } from './pace.ts';

/** Fields that people write first, beside those that the rules ask for already. */
const USUAL =
  'evt.type evt.dir evt.res evt.rawres evt.arg.flags evt.arg.name evt.arg.path evt.is_open_read evt.is_open_write evt.args proc.name proc.exe proc.exepath proc.cmdline proc.args proc.cwd proc.tty proc.pid proc.ppid proc.vpid proc.pname proc.pcmdline proc.pexepath proc.aname[2] proc.aname[3] proc.sname proc.env proc.is_exe_upper_layer user.name user.uid user.loginuid user.loginname fd.name fd.num fd.type fd.typechar fd.directory fd.filename fd.sip fd.sport fd.cip fd.cport fd.lip fd.rip fd.lport fd.rport fd.l4proto fd.sip.name container.id container.name container.image.repository container.image.tag container.privileged k8s.ns.name k8s.pod.name'.split(
    ' ',
  );

/** Keeps what rules can ask of a trace in columns, for any type of event. An edit is judged on them at once. */
export async function prepare(
  trace: HeldTrace,
  ruleSet: RuleSet,
  wanted: ReadonlySet<string>,
  pace: Pace,
): Promise<PreparedTrace> {
  const { types, fields } = selectionOf([ruleSet], [...USUAL, ...wanted].filter(isPlain));
  const preparation = new Preparation({ types: types.map(() => 1), fields: fields as readonly Field[] });
  await feed(trace.bytes, preparation, pace, preparation.wants);
  return new PreparedTrace(preparation.finish({ engine: CREANCE_VERSION, capture: trace.name }));
}

/** False for what lacks are told by that is no field. */
function isPlain(name: string): boolean {
  return name !== 'util.cnt' && name !== 'event types';
}
