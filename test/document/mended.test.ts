import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { Source } from '../../engine/model/source.ts';

describe('what Falco reads and YAML 1.2 forbids', () => {
  it('reads any number of lists whose bracket closes in the column of the key', () => {
    const lists = Array.from(
      { length: 500 },
      (_, i) => `- list: l${i}\n  items: [\n    a${i}, "] b", # ]\n    [c]\n  ]\n`,
    );
    const read = readDocuments(new Source('lists.yaml', lists.join('\n')));
    expect(read.syntaxError).toBeUndefined();
    const [document] = read.documents;
    expect(document?.kind === 'sequence' && document.items.length).toBe(500);
  });

  it('leaves a bracket at the start of a line of text as it is', () => {
    const yaml = '- a: [\n    x\n  ]\n  b: |\n    y: [\n    ]\n  c: "z [\n    ]"\n';
    const [document] = readDocuments(new Source('text.yaml', yaml)).documents;
    const [item] = document?.kind === 'sequence' ? document.items : [];
    const values =
      item?.kind === 'mapping' ? item.pairs.map(({ value }) => (value.kind === 'scalar' ? value.text : '')) : [];
    expect(values).toEqual(['', 'y: [\n]\n', 'z [ ]']);
  });

  it('keeps places right after what was mended', () => {
    const yaml = '- a: [\n    x\n  ]\n  b: here\n';
    const [document] = readDocuments(new Source('places.yaml', yaml)).documents;
    const [item] = document?.kind === 'sequence' ? document.items : [];
    const value = item?.kind === 'mapping' ? item.pairs[1]?.value : undefined;
    expect(value?.mark).toEqual({ offset: yaml.indexOf('here'), line: 3, column: 5 });
  });
});
