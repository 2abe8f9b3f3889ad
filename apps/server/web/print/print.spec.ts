import { describe, expect, it } from '@jest/globals';
import { at, brixham, person, sealed, ward, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { asKnown } from '../as-known/as-known.js';
import { cardPage, type CardPage } from './card.view.js';
import { papersOf, papersThen } from './papers.js';
import { sheetPage, sheetThen } from './sheet.view.js';

const she = person('Mrs Smith');
const referred = she.referred('2011-02-21 11:00');
const subject = (
  history: readonly Entry[],
  now = '2011-03-01 09:00',
  persona: 'coordinator-torbay' | 'coordinator-brixham' = 'coordinator-torbay',
) => subjectOf(history, she.journey, persona, at(now));
const card = (history: readonly Entry[], now?: string): CardPage => cardPage(subject(history, now))!;
const forFriday = { effect: 'atDischarge', expectedOn: '2011-03-04' } as const;

describe('The card that a person has by the telephone', () => {
  it('says who looks after them, whom to ring and when somebody is there', () => {
    expect(card(referred)).toMatchObject({
      name: 'Edith Smith',
      who: 'Torbay North zone, single point of contact looks after your care.',
      ring: { telephone: '01632 960101' },
      next: ['Nothing else is arranged at this moment. Ring if you need something.'],
    });
    expect(card(referred).ring?.hours).toBeTruthy();
  });

  it('never says that a team looks after them that was only asked', () => {
    const asked = card([...referred, she.offered('one', '2011-03-01 08:50'), she.seen('one', '2011-03-01 08:52')]);
    expect(asked.who).toBe('Torbay North zone, single point of contact looks after your care.');
    expect(asked.next).toEqual([
      'Brixham Home Care has been asked to take over, and has not answered yet. Until then Torbay North zone, single point of contact looks after you.',
    ]);
  });

  it('does not tell what nobody has told them', () => {
    const contents = {
      asked: sealed,
      risks: 'noneKnown',
      safeguarding: 'noneKnown',
      agreement: 'notAsked',
      sharing: 'directCareImplied',
    } as const;
    expect(card([...referred, she.offered('one', '2011-03-01 08:50', { contents })]).next).toEqual([
      'Nothing else is arranged at this moment. Ring if you need something.',
    ]);
  });

  it('says what happens when they leave hospital', () => {
    const next = card([
      ...referred,
      she.admitted('one', '2011-02-26 10:00'),
      she.offered('one', '2011-02-28 10:30', { ...forFriday, from: ward }),
      she.accepted('one', '2011-02-28 11:00', {}, forFriday),
    ]).next;
    expect(next[0]).toBe(
      'When you leave hospital, Brixham Home Care looks after you. That is expected on 4 March 2011.',
    );
  });

  it('says so where no team has taken over, and gives a number all the same', () => {
    const nobody = card([
      ...referred,
      she.admitted('one', '2011-02-26 10:00'),
      she.discharged('one', '2011-03-01 08:00', { expectedReceiver: brixham }),
    ]);
    expect(nobody.who).toBe('No team has taken over your care yet. Ring the team below first.');
    expect(nobody.ring?.telephone).toBeTruthy();
  });

  it('is that of now: no earlier moment has one, because somebody keeps it', () => {
    const offered = [...referred, she.offered('one', '2011-03-01 08:50')];
    expect(papersOf(subject(offered)).some(({ href }) => href.includes('/card'))).toBe(true);
    expect(papersThen(subject(offered), '3').map(({ href }) => href)).toEqual([
      `/journeys/${she.journey}/story?knownAt=3`,
      `/journeys/${she.journey}/handovers/${she.handoff('one')}/sheet?knownAt=3`,
    ]);
  });

  it('carries nothing clinical and nothing that somebody wrote: it lies about', () => {
    const history = [...referred, she.offered('one', '2011-03-01 08:50')];
    expect(JSON.stringify(card(history))).not.toMatch(/words in the clear|943|1925|staff-/);
  });

  it('is not printed for somebody who has died', () => {
    const died = [...referred, she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 08:00')];
    expect(cardPage(subject(died))).toBeUndefined();
    expect(papersOf(subject(died)).map(({ text }) => text)).toEqual(['What happened, in plain words']);
  });
});

describe('The handover on paper', () => {
  const history = [...referred, she.offered('one', '2011-03-01 08:50'), she.seen('one', '2011-03-01 08:52')];
  const sheet = (who: ReturnType<typeof subject>) => sheetPage(who, who.journey.handoffs[0]!);

  it('carries all that the offer carries, who it is and who is responsible, and when it was printed', () => {
    const page = sheet(subject(history));
    expect(page.person).toMatchObject({ name: 'Edith Smith', born: '1925-06-11', nhsNumber: '9434765870' });
    expect(page.responsible).toMatchObject({ headline: 'Torbay North zone, single point of contact' });
    expect(page.handover.carries.map(({ label }) => label)).toEqual([
      'What is asked',
      'Urgency',
      'Answer needed by',
      'Takes effect',
      'Risks',
      'Safeguarding',
      'Communication needs',
      'Carer',
      'Whom to ring about it',
      'What the person was told',
      'The person’s agreement',
      'Basis for sharing',
    ]);
    expect(page.printedAt).toBe(at('2011-03-01 09:00'));
  });

  it('names the team that is responsible: "you" is nobody on paper', () => {
    expect(sheet(subject(history)).handover.status).toBe(
      'Seen, not accepted: Torbay North zone, single point of contact is still responsible',
    );
  });

  it('of an earlier moment says so first, in print, with when it was printed, and nobody’s hours', () => {
    const today = subject([...history, she.accepted('one', '2011-03-01 09:20')], '2011-03-01 10:00');
    const then = asKnown(today, { ordinal: 4, moment: at('2011-03-01 08:55') })!;
    const page = sheetThen(then, today, then.journey.handoffs[0]!);
    expect(page.known).toMatchObject({ heading: 'As known on 1 March 2011 at 08:55', later: 1 });
    expect(page.handover.status).toMatch(/^Seen, not accepted/);
    expect(page.printedAt).toBe(at('2011-03-01 10:00'));
    expect([page.handover.from, page.handover.to, page.responsible?.team].filter((team) => team && 'hours' in team)).toEqual([]);
    expect(page.known?.today).toBe(`/journeys/${she.journey}/handovers/${she.handoff('one')}/sheet`);
    expect(page.back).toBe(`/journeys/${she.journey}?knownAt=4`);
  });

  it('goes back in time to its offer, and no further', () => {
    const values = (who: ReturnType<typeof subject>) => sheet(who).control?.options.map(({ value }) => value);
    expect(values(subject(history))).toEqual(['3', '4']);
    expect(values(subject(history, undefined, 'coordinator-brixham'))).toBeUndefined();
  });

  it('for a receiver who has not accepted carries the offer and nothing else', () => {
    expect(sheet(subject(history, undefined, 'coordinator-brixham')).responsible).toBeNull();
  });
});
