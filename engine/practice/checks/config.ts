import type { Grading } from '../grade.ts';
import { plainAt, plainText, readPlain, samePlain } from '../plain.ts';
import { CONFIGURATION_PATH } from '../task.ts';
import type { ConfigDemand } from '../task-check.ts';

/** Values of falco.yaml as parsed. */
export function gradeConfig({ values }: ConfigDemand, { handedIn }: Grading): string[] {
  const configuration = readPlain(CONFIGURATION_PATH, handedIn.get(CONFIGURATION_PATH) ?? '');
  return [...values].flatMap(([path, wanted]) => {
    const came = plainAt(configuration, path);
    return samePlain(wanted, came)
      ? []
      : [`${path} of ${CONFIGURATION_PATH} is ${plainText(came)}, not ${plainText(wanted)}`];
  });
}
