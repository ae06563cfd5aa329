import { EventVerdicts } from './event-verdicts.ts';
import { TextVerdicts } from './text-verdicts.ts';
import { ThreadVerdicts } from './thread-verdicts.ts';

/** Where verdicts are kept, one place for each kind of subject. */
export class VerdictMemory {
  readonly threads = new ThreadVerdicts();
  readonly texts = new TextVerdicts();
  readonly events = new EventVerdicts();
}
