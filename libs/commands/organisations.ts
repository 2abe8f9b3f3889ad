/**
 * Adds the organisations that a payload names: in our events an organisation stands beside its team, a hospital
 * alone (libs/pathway/domain/fields.ts).
 */
export function organisationsIn(data: unknown, found: Set<string>): void {
  if (typeof data !== 'object' || data === null) return;
  for (const name in data) {
    const value: unknown = (data as Record<string, unknown>)[name];
    if (typeof value === 'object') organisationsIn(value, found);
    else if (typeof value === 'string' && (name === 'organisation' || name === 'hospital')) found.add(value);
  }
}
