import type { Variables } from './suite-files.ts';

/** A text whose `${NAME}` and `${NAME:-default}` are replaced, or the first name that has no value. */
export function withVariables(text: string, variables: Variables): { text: string } | { missing: string } {
  let missing: string | undefined;
  const replaced = text.replaceAll(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    const value = variables.get(name) || fallback;
    if (value === undefined) missing ??= name;
    return value ?? '';
  });
  return missing === undefined ? { text: replaced } : { missing };
}
