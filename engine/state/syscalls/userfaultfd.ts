import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** userfaultfd. */
export const userfaultfd: Handler = (moment) => addNameless(moment, 'userfaultfd');
