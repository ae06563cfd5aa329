import type { ByteString } from '../../model/byte-string.ts';
import { toUnicode } from '../../model/byte-string.ts';
import { startContainer } from '../kernel/runtime-child.ts';
import { environment } from '../language/collections.ts';
import { command } from '../language/command.ts';
import { defaulted, optional } from '../language/kind.ts';
import { path, text } from '../language/scalars.ts';
import { terminal } from '../read-actors.ts';
import { Refusal } from '../stage/refusal.ts';
import { verbWithOption } from '../verb.ts';

/** A container starts. */
export const STARTS = verbWithOption({
  words: 'starts',
  about: "The container starts; what follows is its first process. Without it: what 'runs' of the container says.",
  example: 'web starts: nginx -g "daemon off;"',
  subject: 'container',
  names: 'process',
  object: command,
  keys: {
    exe: optional<ByteString>(path, 'The file, where the command line does not begin with it.'),
    user: optional<ByteString>(text, "The user it runs as. Without it: the container's."),
    env: defaulted<readonly ByteString[]>(environment, [], "Environment variables beside the container's."),
    tty: optional<number>(terminal, 'A terminal: yes, or a number.'),
    cwd: optional<ByteString>(path, 'Its working directory.'),
  },
  perform({ stage, place, object, keys }) {
    if (place.init !== undefined) {
      throw new Refusal('SCENARIO_GONE', 'subject', `container ${toUnicode(place.name)} has been started before`);
    }
    return startContainer(stage, place, { argv: object ?? place.container?.runs ?? [], ...keys });
  },
});
