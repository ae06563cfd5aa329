import { writeFileSync } from 'node:fs';
import type { Source } from '../../../engine/model/source.ts';
import { diffText, edited, type Edit } from '../../../engine/suite/rewrite/edit.ts';
import { Verification, type VerifyInput, type VerifyOptions } from '../../../engine/verify.ts';
import type { Terminal } from '../command.ts';
import { attempt } from '../file-error.ts';
import { diskFiles } from './disk-files.ts';

/** Writes what came into the files whose expectations are not met, and shows the difference. */
export async function update(
  inputs: readonly VerifyInput[],
  options: VerifyOptions,
  terminal: Terminal,
): Promise<void> {
  const { edits, left } = await new Verification(inputs, diskFiles(), options).rewritten();
  const byFile = new Map<string, { source: Source; edits: Edit[] }>();
  for (const edit of edits) {
    const known = byFile.get(edit.source.name);
    if (known === undefined) byFile.set(edit.source.name, { source: edit.source, edits: [edit] });
    else known.edits.push(edit);
  }
  for (const [path, { source, edits: found }] of byFile) {
    await terminal.write(`${diffText(source, found)}\n`);
    attempt(path, () => writeFileSync(path, edited(source, found)));
  }
  for (const { name, reason } of left) terminal.note(`not written: ${name}: ${reason}\n`);
  const files = byFile.size === 1 ? '1 file' : `${byFile.size} files`;
  terminal.note(byFile.size === 0 ? 'nothing to write\n' : `wrote ${files}; read the difference before you keep it\n`);
}
