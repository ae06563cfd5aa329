import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** bpf: Falco takes whatever a command returns for a new file. */
export const bpf: Handler = (moment) => addNameless(moment, 'bpf');
