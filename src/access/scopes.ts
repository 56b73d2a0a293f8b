/** Scopes and the roles that carry them. A role is what a token says; a scope is what a field asks for. */

export const SCOPES = {
  READ_LINEAGE: 'read the structure of lineage and every value that is not personal',
  READ_PERSONAL: 'read personal values: feature values, row keys, subjects, free text of decisions',
  READ_ACCESS_LOG: 'read who read personal values, when, why and which',
  WRITE_LINEAGE: 'declare artifacts and attestations in the namespaces of the token',
} as const;

export type Scope = keyof typeof SCOPES;

export const ROLES = {
  reader: ['READ_LINEAGE'],
  writer: ['READ_LINEAGE', 'WRITE_LINEAGE'],
  governance: ['READ_LINEAGE', 'WRITE_LINEAGE'],
  auditor: ['READ_LINEAGE', 'READ_PERSONAL', 'READ_ACCESS_LOG'],
  admin: ['READ_LINEAGE', 'READ_PERSONAL', 'READ_ACCESS_LOG', 'WRITE_LINEAGE'],
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

export function isRole(name: unknown): name is Role {
  return typeof name === 'string' && Object.hasOwn(ROLES, name);
}

export function isScope(name: string): name is Scope {
  return Object.hasOwn(SCOPES, name);
}
