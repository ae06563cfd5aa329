import { signal } from '@preact/signals';

/** Which of the results is shown. */
export type Result = 'alerts' | 'events' | 'processes' | 'rules' | 'scenario';

/** The result that is shown. */
export const shownResult = signal<Result>('alerts');
