/** Values of a task's variables, by name: `ns`, or `app.user` for a column of a row. */
export type Values = ReadonlyMap<string, string>;

const PLACEHOLDER = /<<([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)>>/g;

/** Puts values in the places of `<<name>>`. A name without a value stays as it is and is told. */
export function filled(text: string, values: Values): { readonly text: string; readonly unknown: readonly string[] } {
  const unknown = new Set<string>();
  const whole = text.replaceAll(PLACEHOLDER, (written: string, name: string) => {
    const value = values.get(name);
    if (value === undefined) unknown.add(name);
    return value ?? written;
  });
  return { text: whole, unknown: [...unknown] };
}
