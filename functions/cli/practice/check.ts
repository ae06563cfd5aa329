import type { CheckResult, Grade } from '../../../engine/practice/grade.ts';
import { withoutRepeats } from '../../../engine/practice/without-repeats.ts';
import { EXIT, type Given, type Terminal } from '../command.ts';
import { paintFor, type Paint } from '../paint.ts';
import { filesOnDesk, type Desk } from './desk.ts';

/** `creance practice check`: grades what stands in the folder. */
export async function checkTask(desk: Desk, given: Given, terminal: Terminal): Promise<number> {
  const grade = await desk.range.grade(desk.task, filesOnDesk(desk));
  if (given.has('json')) await terminal.write(`${JSON.stringify(grade, undefined, 2)}\n`);
  else await terminal.write(gradeText(grade, desk, paintFor(terminal.color)));
  return grade.passed ? EXIT.YES : EXIT.NO;
}

function gradeText(grade: Grade, { folder, task }: Desk, paint: Paint): string {
  const wide = Math.max(...grade.checks.map(({ of }) => `${of}/${of}`.length));
  const place = folder === '.' ? '' : ` -C ${folder}`;
  const slug = task.id.slice(task.id.indexOf('/') + 1);
  const next = grade.passed
    ? [
        `  creance practice solution --yes${place}   how others do it, and why`,
        `  creance practice start ${slug} --seed ${nextSeed(task.seed)} -C ${slug}-${nextSeed(task.seed)}   once more, with other names`,
      ]
    : [`  creance practice hint${place}   a nudge`];
  return [
    paint('bold', task.title),
    '',
    ...withoutRepeats(grade.checks).flatMap((check) => checkText(check, wide, paint)),
    ...startErrors(grade),
    '',
    scoreText(grade, paint),
    ...next,
    '',
  ].join('\n');
}

function checkText({ about, isMet, points, of, bonus, feedback }: CheckResult, wide: number, paint: Paint): string[] {
  const score = `${points}/${of}`.padStart(wide);
  const mark = isMet ? paint('green', 'ok ') : bonus ? paint('dim', '-  ') : paint('red', 'no ');
  const indent = ' '.repeat(wide + 7);
  return [
    `  ${mark}${score}  ${about}${bonus ? paint('dim', ' (bonus)') : ''}`,
    ...feedback.map((line) => `${indent}${line}`.trimEnd()),
  ];
}

/** Why Falco would not start, where no check told it. */
function startErrors({ checks, findings }: Grade): string[] {
  const told = checks.flatMap(({ feedback }) => feedback).join('\n');
  const untold = findings.filter(({ severity, message }) => severity === 'error' && !told.includes(message));
  return untold.length === 0
    ? []
    : ['', '  Falco would not start:', ...untold.flatMap(({ text }) => text.split('\n').map((line) => `    ${line}`))];
}

function scoreText({ score, of, bonus, bonusOf, passed }: Grade, paint: Paint): string {
  const more = bonusOf === 0 ? '' : `, ${bonus} of ${bonusOf} bonus`;
  const text = `${score} of ${of} points${more}`;
  return passed ? paint('green', `passed: ${text}`) : paint('red', `not passed yet: ${text}`);
}

function nextSeed(seed: string): string {
  return /^\d{1,9}$/.test(seed) ? String(Number(seed) + 1) : '2';
}
