/** Scopes and the roles that carry them. A role is what a token says; a scope is what a field asks for. */

export const SCOPES = {
  READ_LINEAGE: 'read the structure of lineage and every value that is not personal',
  READ_GRANTED:
    'read what a grant opens: a part of the graph, as of one point; only the holders of grants have it',
  READ_PERSONAL: 'read personal values: feature values, row keys, subjects, free text of decisions',
  READ_RESTRICTED: 'read personal values that a duty alone keeps, for the purpose of the duty',
  READ_ACCESS_LOG: 'read who read personal values, when, why and which',
  READ_LOG: 'read the entries of the logs as they were recorded',
  WRITE_LINEAGE: 'declare artifacts and attestations in the namespaces of the token',
  GRANT_ACCESS: 'issue, list and revoke grants, and declare redaction profiles',
  ERASE_SUBJECTS: 'erase everything personal about a person, and read the certificates of erasures',
} as const;

export type Scope = keyof typeof SCOPES;

export const ROLES = {
  reader: ['READ_LINEAGE'],
  writer: ['READ_LINEAGE', 'WRITE_LINEAGE'],
  governance: ['READ_LINEAGE', 'WRITE_LINEAGE', 'ERASE_SUBJECTS', 'GRANT_ACCESS'],
  auditor: ['READ_LINEAGE', 'READ_PERSONAL', 'READ_RESTRICTED', 'READ_ACCESS_LOG', 'READ_LOG'],
  admin: [
    'READ_LINEAGE',
    'READ_PERSONAL',
    'READ_RESTRICTED',
    'READ_ACCESS_LOG',
    'READ_LOG',
    'WRITE_LINEAGE',
    'ERASE_SUBJECTS',
    'GRANT_ACCESS',
  ],
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

export function isRole(name: unknown): name is Role {
  return typeof name === 'string' && Object.hasOwn(ROLES, name);
}

export function isScope(name: string): name is Scope {
  return Object.hasOwn(SCOPES, name);
}
