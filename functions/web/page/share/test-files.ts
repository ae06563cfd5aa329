import type { ShownAlert } from '../judge/protocol.ts';

/** A file to be saved. */
export interface TestFile {
  readonly name: string;
  readonly text: string;
}

/** What is made into a test. */
export interface Tested {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly story: { readonly name: string; readonly text: string };
  readonly matching: 'first' | 'all';
  readonly alerts: readonly Pick<ShownAlert, 'rule'>[];
}

/**
 * The files of a test for `creance verify`: rules, scenario, and the test file which expects the alerts that came, in any
 * order, and no others.
 */
export function testFiles({ files, story, matching, alerts }: Tested): readonly TestFile[] {
  const stem = (story.name.split('/').at(-1) ?? 'scenario').replace(/\.ya?ml$/, '').replaceAll(/[^A-Za-z0-9._-]/g, '-');
  const names = files.map(({ name }) => name.replaceAll('/', '-'));
  const counts = new Map<string, number>();
  for (const { rule } of alerts) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const expected = [...counts].map(([rule, count]) => {
    return `      - alert: ${quoted(rule)}${count === 1 ? '' : `\n        times: ${count}`}\n`;
  });
  const test = [
    'rules:\n',
    ...names.map((name) => `  - ${quoted(name)}\n`),
    `matching: ${matching}\n`,
    'tests:\n',
    `  - scenario: ${quoted(`${stem}.yaml`)}\n`,
    '    expect:\n',
    ...expected,
    expected.length === 0 ? '      - alerts: 0\n' : '      - no other alerts\n',
  ];
  return [
    ...files.map(({ text }, at) => ({ name: names[at] as string, text })),
    { name: `${stem}.yaml`, text: story.text },
    { name: `${stem}.test.yaml`, text: test.join('') },
  ];
}

/** A text as YAML reads it back, whatever is in it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
