import type { Grading } from '../grade.ts';
import { isMapping, plainText, readPlain, type Plain } from '../plain.ts';
import { ANSWERS_PATH } from '../task.ts';
import type { AnswerDemand } from '../task-check.ts';

/** The answer to a question. One text, or several: a list, or texts between commas. */
export function gradeAnswer({ question, is, inOrder, told }: AnswerDemand, { handedIn }: Grading): string[] {
  const sheet = readPlain(ANSWERS_PATH, handedIn.get(ANSWERS_PATH) ?? '');
  const given = isMapping(sheet) && Object.hasOwn(sheet, question) ? (sheet[question] as Plain) : null;
  const answers = textsOf(given, is.length > 1);
  if (answers.length === 0) return [`there is no answer to '${question}' in ${ANSWERS_PATH}`];
  const sorted = (texts: readonly string[]): readonly string[] => (inOrder ? texts : texts.toSorted());
  const [want, have] = [sorted(is), sorted([...new Set(answers)])];
  if (want.length === have.length && want.every((text, i) => text === have[i])) return [];
  const words = answers.flatMap((answer) => (told.has(answer) ? [`${answer}: ${told.get(answer)}`] : []));
  const wrong = answers.filter((answer) => !is.includes(answer));
  if (wrong.length > 0) return [`'${question}' is not ${wrong.join(', ')}`, ...words];
  const missing = is.length - new Set(answers).size;
  if (missing > 0)
    return [`'${question}': ${plainText(given)} is right, and ${missing} more ${missing === 1 ? 'is' : 'are'} missing`];
  return [`'${question}': these are right, and in another order`];
}

function textsOf(given: Plain, several: boolean): string[] {
  if (Array.isArray(given)) return given.flatMap((one: Plain) => (typeof one === 'string' && one !== '' ? [one] : []));
  if (typeof given !== 'string' || given === '') return [];
  return several
    ? given
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '')
    : [given];
}
