import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { commandFrom, freeTextFields } from '#commands';
import { deriveId } from '#kernel';
import { pathwayEvents, type PathwayEventType } from '../domain/events.js';
import { OfferHandoff, pathwayUseCases, TakeReferral } from './index.js';

const definitions = new Map(pathwayEvents.map((definition) => [definition.type as string, definition]));
const useCases = pathwayUseCases.map((useCase) => [useCase.name, useCase] as const);

describe('every use case of the pathway', () => {
  it('has a name and a command of its own', () => {
    expect(new Set(pathwayUseCases.map(({ name }) => name)).size).toBe(pathwayUseCases.length);
    expect(new Set(pathwayUseCases.map(({ command }) => command.name)).size).toBe(pathwayUseCases.length);
  });

  it.each(useCases)('%s lies in a folder of its name', (name) => {
    expect(existsSync(new URL(`./${name}/${name}.ts`, import.meta.url))).toBe(true);
  });

  it.each(useCases)('%s yields events that say so in the catalogue', (name, { emits }) => {
    for (const type of emits) expect(definitions.get(type)?.emittedBy).toContain(name);
  });

  it.each(pathwayEvents.map(({ type, emittedBy }) => [type as PathwayEventType, emittedBy] as const))(
    '%s is yielded by the use cases that the catalogue names',
    (type, emittedBy) => {
      for (const name of emittedBy.filter((known) => known !== 'register-person')) {
        expect(pathwayUseCases.find((useCase) => useCase.name === name)?.emits).toContain(type);
      }
    },
  );

  it('marks its free text, so that it is sealed', () => {
    expect(freeTextFields(TakeReferral)).toEqual(['reason']);
    const sealed = pathwayUseCases.filter(({ command }) => freeTextFields(command).length > 0).map(({ name }) => name);
    expect(sealed).toContain('offer-handoff');
  });

  it('refuses a command with a field that is wrong or unknown', () => {
    const right = {
      personId: deriveId('person', 1),
      pathway: 'torbay-older-people',
      referrer: 'generalPractitioner',
      to: 'torbay-north-zone',
      urgency: 'soon',
      reason: 'falls',
    };
    expect(commandFrom(TakeReferral, right)).toBeInstanceOf(TakeReferral);
    for (const wrong of [{ urgency: 'now' }, { mood: 'good' }, { personId: 'Mrs Smith' }, { reason: '' }]) {
      expect(() => commandFrom(TakeReferral, { ...right, ...wrong })).toThrow();
    }
  });

  it('refuses an offer that names no basis for sharing, or does not say whether the person agreed', () => {
    const right = {
      journeyId: deriveId('journey', 1),
      to: 'brixham-home-care-team',
      urgency: 'soon',
      effect: 'now',
      asked: 'care at home',
      risks: 'noneKnown',
      safeguarding: 'noneKnown',
      agreement: 'agreed',
      sharing: 'directCareConsent',
    };
    expect(commandFrom(OfferHandoff, right)).toBeInstanceOf(OfferHandoff);
    for (const left of ['sharing', 'agreement'] as const)
      expect(() => commandFrom(OfferHandoff, { ...right, [left]: undefined })).toThrow(left);
  });
});
