/** The name of a field and what is in its brackets, as they stand in a text; a text of another form is all name. */
export function nameAndArgument(text: string): [name: string, argument: string | undefined] {
  const [, name = text, argument] = /^([^[]*)(?:\[([^]*)\])?$/.exec(text) ?? [];
  return [name, argument];
}
