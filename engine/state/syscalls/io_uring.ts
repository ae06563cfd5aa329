import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** io_uring_setup. */
export const ioUringSetup: Handler = (moment) => addNameless(moment, 'io_uring');
