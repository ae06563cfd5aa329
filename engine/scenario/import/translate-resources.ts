import type { Node } from '../../document/node.ts';
import { Given } from './given.ts';
import type { StoryDraft } from './story-draft.ts';
import { translateProcess } from './translate-context.ts';

/** Translates one resource: what is there before the steps. */
export function translateResource(draft: StoryDraft, node: Node): void {
  const given = new Given(draft, node, 'a resource', node);
  const type = given.text('type') ?? '';
  const name = given.text('name') ?? 'resource';
  if (type === 'clientServer') clientServer(draft, given, name, node);
  else if (type === 'fd') openFile(draft, given, name, node);
  else if (type === 'process') {
    const actor = draft.name(name);
    translateProcess(draft, given, draft.actor, actor, false);
    draft.bound.set(`${name}.pid`, { kind: 'actor', name: actor });
  } else draft.lose(node, `the resource ${name} of the type ${type}`);
  given.close();
}

/** A socket that listens and one that is connected to it, both open in the test's process. */
function clientServer(draft: StoryDraft, given: Given, name: string, node: Node): void {
  const protocol = given.text('l4Proto') ?? '';
  const address = given.text('address') ?? '';
  const isUdp = protocol.startsWith('udp');
  const over = isUdp ? 'udp' : undefined;
  if (!/^(udp|tcp)[46]$/.test(protocol) && protocol !== 'unix') {
    draft.lose(node, `the resource ${name} over ${protocol}`);
    return;
  }
  const where = protocol === 'unix' ? address || `/tmp/${draft.name(name)}.sock` : address;
  const [server, client] = [draft.name(`${name}_server`), draft.name(`${name}_client`)];
  draft.step(`${draft.actor} listens on`, where, [
    ['over', over],
    ['as', server],
  ]);
  // The client of a datagram protocol is not connected.
  if (isUdp) {
    draft.step(`${draft.actor} creates socket`, protocol.endsWith('6') ? 'internet6' : 'internet', [
      ['type', 'datagram'],
      ['as', client],
    ]);
  } else draft.step(`${draft.actor} connects to`, where, [['as', client]]);
  draft.bound.set(`${name}.server.fd`, { kind: 'file', handle: server });
  draft.bound.set(`${name}.client.fd`, { kind: 'file', handle: client });
}

function openFile(draft: StoryDraft, given: Given, name: string, node: Node): void {
  const subtype = given.text('subtype') ?? '';
  const handle = draft.name(name);
  const { actor } = draft;
  const bind = (path?: string): void =>
    void draft.bound.set(`${name}.fd`, { kind: 'file', handle, ...(path !== undefined && { path }) });
  if (subtype === 'file') {
    const path = given.text('filePath') ?? '';
    draft.step(`${actor} opens`, path, [
      ['for', 'reading and writing'],
      ['as', handle],
    ]);
    bind(path);
  } else if (subtype === 'directory') {
    const path = given.text('dirPath') ?? '';
    draft.step(`${actor} lists`, path, [['as', handle]]);
    bind(path);
  } else if (subtype === 'memfd') {
    draft.step(`${actor} creates memfd`, given.text('fileName') ?? '', [['as', handle]]);
    bind();
  } else if (subtype === 'pipe') {
    const writing = draft.name(`${name}_write`);
    draft.step(`${actor} creates pipe`, undefined, [
      ['as', handle],
      ['writing end', writing],
    ]);
    draft.bound.set(`${name}.readFd`, { kind: 'file', handle });
    draft.bound.set(`${name}.writeFd`, { kind: 'file', handle: writing });
  } else draft.lose(node, `the resource ${name}, an open file of the kind ${subtype}`);
}
