import { ConditionText } from '../../../engine/filter/condition-text.ts';
import type { AlertRule } from '../../../engine/model/alert.ts';
import { alertJson } from '../../../engine/output/alert-json.ts';
import { parseTemplate } from '../../../engine/output/parse-template.ts';
import { renderAlert } from '../../../engine/output/render-alert.ts';
import { timezoneOf } from '../../../engine/output/timezone.ts';
import { eachMoment } from '../brief-trace.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { outputs } from '../samples.ts';
import type { Target } from '../target.ts';
import { OUTPUT_WORDS, outputText } from '../words/output.ts';

const RULE: AlertRule = { name: 'r', priority: 'Informational', source: 'syscall', tags: ['a'] };
/** Moments at which a template is rendered: fewer where it is long, for a second is for one alert, not for sixty. */
const MAX_MOMENTS = 60;
const MAX_RENDERED = 2_000_000;
const BERLIN = timezoneOf('Europe/Berlin');

/** Output templates, read and rendered at real moments, as text and as JSON. */
export const output: Target<string> = {
  name: 'output',
  kind: 'text',
  brief: 250,
  make: (random) => (random.once(4) ? random.pick(outputs()) : outputText(random)),
  change: (text, random) => changeText(text, random, { words: OUTPUT_WORDS, samples: outputs() }),
  run(text) {
    const { template, problem } = parseTemplate(ConditionText.ofText(text, 'output'));
    if (template === undefined) return heldDiagnostics([{ code: 'OUTPUT', severity: 'error', ...problem }]);
    const options = BERLIN === undefined ? {} : { timezone: BERLIN, isoTime: text.length % 2 === 0 };
    const most = Math.min(MAX_MOMENTS, Math.ceil(MAX_RENDERED / Math.max(1, text.length)));
    let moments = 0;
    eachMoment((moment) => {
      if (moments++ < most) JSON.parse(alertJson(renderAlert(RULE, template, moment, options)));
    });
    return [...template.fields.values()].map(({ name, type }) => `${name.replace(/[[(].*/, '')} ${type}`);
  },
};
