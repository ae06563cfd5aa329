import type { Definition } from '../judge/protocol.ts';

/** Names that the rule files around an editor define, and how to go to one of them. */
export interface RuleNames {
  /** As they are at this moment. */
  readonly all: () => readonly Definition[];
  /** Shows where a name is defined. */
  readonly show: (definition: Definition) => void;
}

/** The macro or list of a name. */
export function macroOrList(names: RuleNames, word: string): Definition | undefined {
  return names.all().find(({ name, kind }) => name === word && kind !== 'rule');
}
