import { spanOf, type Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode } from '../model/byte-string.ts';
import { MAX_PATH_BYTES } from '../model/limits.ts';
import { pathFrom } from './file-path.ts';
import type { SuiteFiles, Variables } from './suite-files.ts';
import type { NamedPath } from './test-file.ts';
import { withVariables } from './variables.ts';

/** What paths in a test file are read with. */
export interface PathContext {
  readonly reader: NodeReader;
  readonly files: SuiteFiles;
  readonly variables: Variables;
  /** The folder of the test file. */
  readonly folder: string;
}

/** Reads a path, or a list of them. What can't be read is reported and left out. */
export function paths(context: PathContext, node: Node, what: string): NamedPath[] {
  const { reader, variables, folder } = context;
  const nodes = node.kind === 'sequence' ? node.items : [node];
  if (nodes.length === 0) reader.fail('TEST_VALUE', node, `${what} names no file`);
  return nodes.flatMap((item) => {
    const written = reader.text(item, `a path of ${what}`);
    if (written === undefined) return [];
    const found = withVariables(toUnicode(written), variables);
    if ('missing' in found) {
      const hint = `set it, or give a default: \${${found.missing}:-...}`;
      return reader.fail('TEST_VARIABLE', item, `there is no variable ${found.missing}`, hint) ?? [];
    }
    const { text } = found;
    if (text === '' || text.includes('\0') || text.length > MAX_PATH_BYTES) {
      return reader.fail('TEST_VALUE', item, `${what} must be a path of 1 to ${MAX_PATH_BYTES} characters`) ?? [];
    }
    return [{ path: pathFrom(folder, text), span: spanOf(item) }];
  });
}
