/** What a token allows. */
export const SCOPES = ['agent', 'read', 'write', 'admin'] as const;

/**
 * `agent` uploads recordings and nothing else: it stays on nodes, where it may be stolen. `read` runs and looks, `write`
 * also keeps and deletes, `admin` also sees what the whole service does.
 */
export type Scope = (typeof SCOPES)[number];

const INCLUDED: Readonly<Record<Scope, readonly Scope[]>> = {
  agent: ['agent'],
  read: ['read'],
  write: ['agent', 'read', 'write'],
  admin: SCOPES,
};

/** True when one of the scopes that somebody has includes the one that is needed. */
export function allows(given: readonly Scope[], needed: Scope): boolean {
  return given.some((scope) => INCLUDED[scope].includes(needed));
}
