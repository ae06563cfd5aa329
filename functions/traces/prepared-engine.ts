import { FORM_VERSION } from '../../engine/prepared/form.ts';
import { CREANCE_VERSION } from '../version.ts';

/**
 * The first digits of what the prepared form of the stories in `test/prepared/engine.test.ts` hashes to. It changes with
 * all that changes what a form holds; the test tells what to write here then.
 */
export const FORM_STAMP = '9be4f070';

/** The engine that makes prepared forms, as part of their names: those of another one are not looked at. */
export const PREPARED_ENGINE = `${FORM_VERSION}-${CREANCE_VERSION}-${FORM_STAMP}`;
