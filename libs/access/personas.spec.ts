import { describe, expect, it } from '@jest/globals';
import { organisation, team } from '#pilots';
import { personaIds, personas } from './personas.js';
import { claimsOf, principalOf } from './principal.js';

describe('The personas', () => {
  it('are the seven that the sign-in page promises, each with a staff id that is nobody\'s name', () => {
    expect(personas.map((persona) => persona.id)).toEqual([...personaIds]);
    expect(new Set(personas.map((persona) => persona.actor.staff)).size).toBe(7);
    for (const { actor } of personas) expect(actor.staff).toMatch(/^staff-[0-9a-f]{8}$/);
  });

  it('of Torbay and Brixham work for organisations and teams of the directory', () => {
    for (const { actor, teams } of personas.filter((persona) => persona.actor.pilot)) {
      expect(organisation(actor.organisation).id).toBe(actor.organisation);
      const { organisation: works, sector } = actor;
      for (const id of teams) expect(team(id, '2011-03-01')).toMatchObject({ organisation: works, sector });
    }
  });

  it('survive the way through a token', () => {
    for (const { actor, name, teams } of personas)
      expect(principalOf(JSON.parse(JSON.stringify(claimsOf({ actor, name, teams }))))).toEqual({ actor, name, teams });
  });
});
