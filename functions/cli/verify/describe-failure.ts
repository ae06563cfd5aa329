import { UnreadableError, UsageError } from '../command.ts';

/** What a run that could not be done says while more changes are waited for; a defect of ours is thrown on. */
export function describeFailure(error: unknown): string {
  if (error instanceof UnreadableError || error instanceof UsageError) return `creance: ${error.message}\n`;
  throw error;
}
