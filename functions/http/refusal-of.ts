import { StoreUnavailable } from '../store/object-store.ts';
import { Refusal } from './problem.ts';

/** What a request is refused with when something broke: told to the log as it is, to whoever asked without it. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable) {
    console.error(error.message);
    return new Refusal('STORE_UNAVAILABLE', 'the object store does not answer; try again', {
      headers: { 'retry-after': '5' },
    });
  }
  console.error(error);
  return new Refusal('INTERNAL', 'the service failed on this request; its log says more');
}
