import type { Handler } from '../handler.ts';

const PR_SET_CHILD_SUBREAPER = 36;
const PR_GET_CHILD_SUBREAPER = 37;

/** prctl: option, text, number. What matters is who adopts orphans; names set by PR_SET_NAME are ignored, as in Falco. */
export const prctl: Handler = (moment) => {
  const { event, thread } = moment;
  if (thread?.group === undefined || thread.isPlaceholder || moment.result < 0) return;
  const option = event.uint32(1);
  if (option !== PR_SET_CHILD_SUBREAPER && option !== PR_GET_CHILD_SUBREAPER) return;
  thread.group.reaper = event.int64(3) !== 0;
};
