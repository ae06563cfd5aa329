import { ALL_ARGUMENTS } from './evt/arguments.ts';
import { EVT_CATEGORY } from './evt/category.ts';
import { EVT_DATA } from './evt/data.ts';
import { EVT_DOCKER } from './evt/docker.ts';
import { EVT_NAME } from './evt/name.ts';
import { EVT_OPEN } from './evt/open.ts';
import { EVT_RESULT } from './evt/result.ts';
import { EVT_SOURCE } from './evt/source.ts';
import { EVT_TIME } from './evt/time.ts';
import { EVT_TRAITS } from './evt/traits.ts';
import type { Family } from './field.ts';

/** `evt.*` and `syscall.type`, save for the fields with a grammar of their own; see `evt/special.ts`. */
export const EVT: Family = {
  'evt.category': EVT_CATEGORY,
  'evt.args': ALL_ARGUMENTS,
  'evt.info': ALL_ARGUMENTS,
  ...EVT_SOURCE,
  ...EVT_TIME,
  ...EVT_NAME,
  ...EVT_TRAITS,
  ...EVT_DATA,
  ...EVT_RESULT,
  ...EVT_OPEN,
  ...EVT_DOCKER,
};
