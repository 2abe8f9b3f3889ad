import { describe, expect, it } from '@jest/globals';
import { hours } from '#kernel';
import type { ClockFigure } from '#metrics';
import { allDefinitions, definition, latestDefinition } from '#pilots';
import { mapSentence, pathwayPage, type Measured } from './pathway.view.js';

const now = '2011-03-01T08:05:00.000Z';
const figure = (boundary: string | null, started: number, median: number | null) =>
  ({ boundary, started, median }) as ClockFigure;
const measured: Measured = {
  pilot: 'torbay',
  total: figure(null, 1215, hours(3)),
  byBoundary: new Map([['community>socialCare', figure('community>socialCare', 44, hours(2))]]),
};
const look = { now, measured: undefined, mayOpen: (pilot: string) => pilot === 'torbay' };
const torbay = latestDefinition('torbay-older-people')!;
const page = pathwayPage(torbay, { ...look, measured });

describe('The page of a pathway', () => {
  it('says the map in one plain sentence', () => {
    expect(mapSentence(torbay)).toBe(
      'Everybody begins at “Referral at the single point of contact” (Community health). From there 11 other stages in 6 sectors can be reached, and at 14 places another service is asked to take over.',
    );
  });

  it.each(allDefinitions().map((one) => [`${one.id} version ${one.version}`, one] as const))(
    'of %s says in tables everything that the picture shows',
    (_, one) => {
      const { picture, handovers, others } = pathwayPage(one, look);
      expect(handovers.length + others.length).toBe(one.transitions.length);
      expect(handovers.map(({ number }) => number)).toEqual(handovers.map((_line, i) => i + 1));
      expect(picture.match(/class="tc-map__box /g)).toHaveLength(one.stages.length);
      expect(picture.match(/class="tc-map__number"/g)).toHaveLength(handovers.length);
    },
  );

  it('gives the times within which a handover is to be seen and answered, in hours of opening', () => {
    const asked = page.handovers.find(({ title }) => title === 'Ask for volunteers')!;
    expect(asked).toMatchObject({ seen: '1 h, 4 h, 8 h', answered: '4 h, 16 h, 32 h' });
  });

  it('lays over the arrows how many there were and how long they took', () => {
    expect(page.picture).toContain('30 min, 4 h, 16 h; half took 2 h (44)');
    expect(page.handovers[0]).toMatchObject({ offered: '44', half: '2 h' });
    expect(page.measured).toMatch(
      /^In the last 12 months Torbay Care Trust offered 1,215 handovers; half were accepted/,
    );
  });

  it('shows no figures to those who may not see them', () => {
    const without = pathwayPage(torbay, look);
    expect(without.hasFigures).toBe(false);
    expect(without.handovers[0]).not.toHaveProperty('offered');
    expect(without.picture).not.toContain('half took');
  });

  it('tells a fact from a memory, and a code list from the disease that it stands for', () => {
    const { criteria } = pathwayPage(latestDefinition('northumbria-copd')!, look);
    const diagnosis = criteria.find(({ title }) => title === 'Diagnosis')!;
    expect(diagnosis.known).toContain('Verified');
    expect(diagnosis.more[0]).toMatch(/ICD-10 J41, J42, J43, J44, J47\. From memory/);
    const wakefield = pathwayPage(latestDefinition('wakefield-substance-misuse')!, look);
    expect(wakefield.criteria[0]!.known).toBe('From memory: the source has not been read [M]');
    expect(wakefield.rules.map(({ title }) => title)).toContain('What may be told outside health and social care');
  });

  it('names its versions and what changed', () => {
    expect(page.versions).toEqual([
      { text: 'Version 1, from 1 April 2009', href: '/pathways/torbay-older-people?version=1', current: false },
      { text: 'Version 2, from 1 April 2010', href: '/pathways/torbay-older-people?version=2', current: true },
    ]);
    expect(page.changesTitle).toBe('What changed since version 1');
    expect(page.changes.map(({ about }) => about)).toContain('Criterion: practice');
    expect(page.changes.find(({ about }) => about === 'What enrols')).toMatchObject({
      before: 'not said',
      after: 'when a service takes the referral',
    });
    expect(pathwayPage(definition('torbay-older-people', 1)!, look)).toMatchObject({ changesTitle: null, changes: [] });
  });
});
