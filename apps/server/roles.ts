/**
 * What one process of several does (DESIGN 4): the same image runs as all of it or as a part. Parts share the log, a
 * PostgreSQL database and the keys.
 */
export const roles = ['api', 'web', 'projector'] as const;
export type Role = (typeof roles)[number];

export type Roles = ReadonlySet<Role>;

export const allRoles: Roles = new Set(roles);

/** `all`, or some of the roles with commas between. @throws Error saying what would be right */
export function readRoles(text: string): Roles {
  if (text === 'all') return allRoles;
  const named = text.split(',').map((name) => name.trim());
  const known = roles.filter((role) => named.includes(role));
  if (known.length === 0 || known.length < new Set(named).size) throw new Error(`is all, or some of ${roles.join(', ')} with commas between`);
  return known.length === roles.length ? allRoles : new Set(known);
}
