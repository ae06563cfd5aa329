/** What somebody says of a trace, by keys of his own; some keys mean something to everybody. */
export type Labels = Readonly<Record<string, string>>;

const KEY = /^[a-z0-9](?:[a-z0-9._/-]{0,61}[a-z0-9])?$/;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;
const MAX_VALUE_CHARS = 255;

/** Keys whose values have a form. */
const KNOWN: Readonly<Record<string, { readonly form: RegExp; readonly told: string }>> = {
  kind: { form: /^(attack|benign)$/, told: 'attack or benign' },
  technique: { form: /^T\d{4}(\.\d{3})?$/, told: 'a technique of ATT&CK, such as T1059 or T1059.004' },
};

/** What is wrong with a label, for people; undefined when it may be set. */
export function labelProblem(key: string, value: string): string | undefined {
  if (!KEY.test(key)) {
    return `'${key.slice(0, 64)}' is no key of a label: small letters, digits, dots, hyphens, underscores and slashes, at most 63`;
  }
  const known = Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined;
  if (known !== undefined && !known.form.test(value)) return `the label ${key} is ${known.told}`;
  if (value === '' || value.length > MAX_VALUE_CHARS || CONTROL.test(value)) {
    return `the label ${key} is a text of 1 to ${MAX_VALUE_CHARS} characters in one line`;
  }
  return undefined;
}

/** A label written as `key=value`; undefined when there is no `=` in it. */
export function labelOf(text: string): readonly [key: string, value: string] | undefined {
  const at = text.indexOf('=');
  return at < 1 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}
