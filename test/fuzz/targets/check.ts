import { Filtering, readQuery } from '../../../engine/filter.ts';
import { plainCounts, tellBriefTrace } from '../brief-trace.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { conditions } from '../samples.ts';
import { promise, type Target } from '../target.ts';
import { checkText, CONDITION_WORDS, conditionText } from '../words/condition.ts';

/** Conditions that are checked, planned and decided on real events; the plan must decide as the plain way does. */
export const check: Target<string> = {
  name: 'check',
  kind: 'text',
  brief: 600,
  make: (random) => (random.once(2) ? checkText(random) : conditionText(random)),
  change: (text, random) => changeText(text, random, { words: CONDITION_WORDS, samples: conditions() }),
  run(text) {
    const { query, diagnostics } = readQuery(text, ['evt.num', 'fd.name', 'proc.aname[2]']);
    const kinds = heldDiagnostics(diagnostics);
    if (query === undefined) return kinds;
    const filtering = new Filtering(query, { onEvent() {} });
    tellBriefTrace(filtering);
    const [plain] = plainCounts([{ condition: query.condition, eventCodes: undefined }]) ?? [];
    const isSame = plain === undefined || plain === filtering.matched;
    promise(isSame, `the plan matches ${filtering.matched} events, the plain way ${plain}`);
    return [...kinds, `matches about ${Math.round(Math.log2(1 + filtering.matched))}`];
  },
};
