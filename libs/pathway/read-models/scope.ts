/** Whose journeys an answer may hold: applied where data is fetched, in the statement itself (DESIGN 7). */
import type { Actor } from '#kernel';

/** `none` yields nothing: evaluators and administrators see no person's record. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'pilot'; readonly pilot: string }
  | { readonly kind: 'organisation'; readonly organisation: string }
  | { readonly kind: 'none' };

/** The scope of an actor's role; the words of the policy are in the access context. */
export function scopeOf({ role, organisation, pilot }: Actor): Scope {
  switch (role) {
    case 'coordinator':
    case 'dutyManager':
      return { kind: 'organisation', organisation };
    case 'pilotLead':
      return pilot === undefined ? { kind: 'none' } : { kind: 'pilot', pilot };
    case 'auditor':
    case 'system':
      return { kind: 'all' };
    case 'evaluator':
    case 'administrator':
    case 'linkHolder':
      return { kind: 'none' };
  }
}

export interface Condition {
  readonly sql: string;
  readonly params: Readonly<Record<string, string>>;
}

/** For statements over a table, here called `alias`, that has the columns `journey` and `pilot`. */
export function inScope(scope: Scope, alias: string): Condition {
  switch (scope.kind) {
    case 'all':
      return { sql: 'TRUE', params: {} };
    case 'none':
      return { sql: 'FALSE', params: {} };
    case 'pilot':
      return { sql: `${alias}.pilot = :scopePilot`, params: { scopePilot: scope.pilot } };
    case 'organisation':
      return {
        sql:
          `EXISTS (SELECT 1 FROM journey_part AS part WHERE part.journey = ${alias}.journey ` +
          'AND part.organisation = :scopeOrganisation)',
        params: { scopeOrganisation: scope.organisation },
      };
  }
}
