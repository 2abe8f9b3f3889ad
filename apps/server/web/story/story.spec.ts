import { describe, expect, it } from '@jest/globals';
import type { PersonaId } from '#access';
import { at, brixham, harbourside, north, person, sealed, ward, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { asKnown } from '../as-known/as-known.js';
import { storyPage, storyThen, type StoryPage } from './story.view.js';

const she = person('Mrs Smith');
const registered = she.lived('PersonRegistered', { sex: 'female', birthYear: 1925 }, '2011-02-01 09:00');
const referred = [registered, ...she.referred('2011-02-21 11:00')];

const told = (history: readonly Entry[], now: string, persona: PersonaId = 'coordinator-torbay'): StoryPage =>
  storyPage(subjectOf(history, she.journey, persona, at(now)));
const texts = ({ phases }: StoryPage) => phases.map(({ text }) => text);

describe('The story of a journey', () => {
  it('begins with who asked for help, and says who was responsible from then on', () => {
    const page = told(referred, '2011-03-01 09:00');
    expect(page.phases[0]).toMatchObject({
      heading: 'Torbay North zone, single point of contact',
      dates: 'since 21 February 2011 at 11:00',
      text:
        'On 21 February 2011 at 11:00 Edith Smith’s GP referred her to Torbay North zone, single point of contact. The reason given: “words in the clear”. ' +
        'At the same time Torbay North zone, single point of contact took the referral, with staff-key as key worker. ' +
        'From then on Torbay North zone, single point of contact was responsible.',
    });
    expect(page.open).toEqual([]);
  });

  it('1. declined, and nobody saw: who declined and why, that we still hold, and whom to ring', () => {
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 16:50'),
        she.seen('one', '2011-03-01 16:58'),
        she.said(
          'HandoffDeclined',
          { handoffId: she.handoff('one'), by: brixham, reason: 'noCapacity', detail: sealed },
          '2011-03-01 17:05',
        ),
      ],
      '2011-03-02 08:00',
    );
    expect(page.phases).toHaveLength(1);
    expect(page.phases[0]!.text).toContain(
      'On 1 March 2011 at 16:50 Torbay North zone, single point of contact asked Brixham Home Care to take over (urgent), and needed an answer by 17:20. What was asked: “words in the clear”. ' +
        'At 16:58 Brixham Home Care had seen this, and had not accepted yet. ' +
        'At 17:05 Brixham Home Care declined: no room. They wrote: “words in the clear”.',
    );
    expect(page.open).toMatchObject([
      {
        text: 'The handover to Brixham Home Care: declined (no room): you are still responsible.',
        urgent: true,
        ring: { name: 'Brixham Home Care', telephone: '01632 960131' },
      },
    ]);
  });

  it('2. accepted by telephone after it was withdrawn: both accounts are told', () => {
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 09:30'),
        she.said(
          'HandoffWithdrawn',
          { handoffId: she.handoff('one'), by: north, reason: 'noLongerNeeded' },
          '2011-03-01 10:02',
        ),
        she.said(
          'HandoffAnswerReported',
          {
            handoffId: she.handoff('one'),
            answer: 'accepted',
            reportedBy: brixham,
            spokenTo: sealed,
            effect: 'now',
          },
          '2011-03-01 09:55',
          { recorded: '2011-03-01 10:05' },
        ),
      ],
      '2011-03-01 11:00',
    );
    const story = texts(page).join(' ');
    expect(story).toContain('the handover to Brixham Home Care was withdrawn: no longer needed.');
    expect(story).toContain(
      'At 09:55 Brixham Home Care wrote down that it had accepted by telephone; it was not confirmed.',
    );
  });

  it('3. two accept: one holds, and the other offer is told as closed', () => {
    const other = { to: harbourside };
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 09:00'),
        she.offered('two', '2011-03-01 09:01', other),
        she.accepted('one', '2011-03-01 09:10'),
        she.said(
          'HandoffWithdrawn',
          { handoffId: she.handoff('two'), by: brixham, reason: 'acceptedElsewhere' },
          '2011-03-01 09:10',
        ),
      ],
      '2011-03-01 10:00',
    );
    expect(page.phases.map(({ heading }) => heading)).toEqual([
      'Torbay North zone, single point of contact',
      'Brixham Home Care',
    ]);
    expect(page.phases[1]!.text).toMatch(
      /^At 09:10 Brixham Home Care accepted the handover\. At the same time the handover to .* was withdrawn: another team accepted\. From then on Brixham Home Care was responsible\.$/,
    );
  });

  it('4. dies while an offer is open: the story ends there, and nobody is rung', () => {
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 09:00'),
        she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 12:00'),
      ],
      '2011-03-02 10:00',
    );
    expect(page.phases.at(-1)).toMatchObject({
      heading: 'The end of the journey: a death',
      text: 'At 12:00 she died in hospital.',
    });
    expect(page.open).toEqual([]);
  });

  it('5. accepted in time, recorded late: told where it happened', () => {
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 10:30'),
        she.said(
          'HandoffEscalated',
          { handoffId: she.handoff('one'), cause: 'notAnswered', to: north },
          '2011-03-01 11:00',
        ),
        she.accepted('one', '2011-03-01 10:40', { recorded: '2011-03-01 14:00' }),
      ],
      '2011-03-01 15:00',
    );
    expect(page.phases[1]!.text).toMatch(
      /^At 10:40 Brixham Home Care accepted .* responsible\. At 11:00 the duty manager of Torbay North zone, single point of contact was told about the handover to Brixham Home Care: not answered in time\.$/,
    );
  });

  it('6. sent home to a team that had closed: nobody was responsible, and it stands out', () => {
    const page = told(
      [
        ...referred,
        she.admitted('one', '2011-02-26 10:00'),
        she.discharged('one', '2011-03-01 11:00', { expectedReceiver: harbourside, receiverProblem: 'teamClosed' }),
      ],
      '2011-03-01 12:00',
    );
    expect(page.phases.at(-1)).toMatchObject({ heading: 'Nobody was responsible', alarmed: true });
    expect(page.phases.at(-1)!.text).toContain(', which could not receive her. From then on nobody was responsible.');
    expect(page.responsible.headline).toMatch(/^Nobody has accepted/);
  });

  it('7. and 8. accepted for the discharge: who holds until then is told phase by phase', () => {
    const forFriday = { effect: 'atDischarge', expectedOn: '2011-03-04' } as const;
    const history = [
      ...referred,
      she.admitted('one', '2011-02-26 10:00'),
      she.offered('one', '2011-03-02 10:30', { ...forFriday, from: ward }),
      she.accepted('one', '2011-03-02 11:00', {}, forFriday),
    ];
    const waiting = told(history, '2011-03-02 12:00');
    expect(waiting.phases[1]!.text).toContain(
      'At 11:00 Brixham Home Care accepted the handover, from the day she leaves hospital, expected 4 March 2011.',
    );
    expect(waiting.open[0]?.text).toContain(
      'Until then Torbay Hospital, care of the elderly ward is still responsible',
    );
    const home = told([...history, she.discharged('one', '2011-03-03 15:00')], '2011-03-03 16:00');
    expect(home.phases.map(({ heading }) => heading)).toEqual([
      'Torbay North zone, single point of contact',
      'Torbay Hospital, care of the elderly ward',
      'Brixham Home Care',
    ]);
  });

  it('9. a telephone acceptance disputed: both accounts, and who holds from then', () => {
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 09:00'),
        she.said(
          'HandoffAnswerReported',
          { handoffId: she.handoff('one'), answer: 'accepted', reportedBy: north, spokenTo: sealed, effect: 'now' },
          '2011-03-01 09:20',
        ),
        she.said(
          'HandoffReportDisputed',
          { handoffId: she.handoff('one'), report: she.handoff('report'), by: brixham },
          '2011-03-01 11:00',
        ),
      ],
      '2011-03-01 12:00',
    );
    expect(texts(page).join(' ')).toContain(
      'Torbay North zone, single point of contact wrote down that Brixham Home Care had accepted by telephone; it was not confirmed.',
    );
  });

  it('an answer by a link with a code is told as one that was not confirmed', () => {
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 09:00'),
        she.linked('one', '2011-03-01 09:05'),
        she.answeredByLink('one', '2011-03-01 09:20'),
      ],
      '2011-03-01 12:00',
    );
    expect(texts(page).join(' ')).toMatch(
      /made a one-use link for Brixham Home Care to answer with.*Brixham Home Care accepted by a link with a code; it was not confirmed/,
    );
  });

  it('10. the wrong Mrs Smith: what was taken back is not told, and it says that something was', () => {
    const accepted = she.accepted('one', '2011-03-01 09:10');
    const page = told(
      [
        ...referred,
        she.offered('one', '2011-03-01 09:00'),
        accepted,
        she.said(
          'EntryMarkedInError',
          { entry: accepted.event.eventId, entryType: 'HandoffAccepted', reason: 'wrongPerson' },
          '2011-03-01 10:00',
        ),
      ],
      '2011-03-01 11:00',
    );
    expect(texts(page).join(' ')).not.toContain('accepted the handover');
    expect(page.corrected).toBe(
      'One entry was put right or taken back later. The story tells what happened as it stands now.',
    );
  });

  it('tells visits in sum, and a day without a time as a day', () => {
    const visit = (day: string, precision: 'day' | 'minute' = 'minute') =>
      she.said(
        'ContactRecorded',
        { contact: she.stay(day), sector: 'community', mode: 'visit', team: north },
        `${day} 10:00`,
        { precision },
      );
    const page = told(
      [
        ...referred,
        visit('2011-02-22'),
        visit('2011-02-24', 'day'),
        she.lived(
          'Admitted',
          { stayId: she.stay('one'), method: '21', hospital: 'torbay-hospital', ward },
          '2011-02-26 00:00',
          {
            precision: 'day',
          },
        ),
      ],
      '2011-03-01 09:00',
    );
    expect(texts(page)[0]).toMatch(/In this time there were 2 contacts, the last on 24 February 2011\.$/);
    expect(texts(page)[1]).toMatch(/^On 26 February 2011 she was admitted to .* ward \(emergency, through A&E\)\./);
  });

  it('as it was known then tells what was known then, with no number to ring and no hours', () => {
    const today = subjectOf(
      [
        ...referred,
        she.offered('one', '2011-03-01 08:50'),
        she.accepted('one', '2011-03-01 08:58', { recorded: '2011-03-01 14:00' }),
      ],
      she.journey,
      'coordinator-torbay',
      at('2011-03-01 15:00'),
    );
    const then = asKnown(today, { ordinal: 4, moment: at('2011-03-01 09:10') })!;
    const page = storyThen(then, today);
    expect(texts(page).join(' ')).not.toContain('accepted');
    expect(texts(storyPage(today)).join(' ')).toContain('accepted');
    expect(page.responsible).toMatchObject({ headline: 'Torbay North zone, single point of contact' });
    expect(page.responsible.team).not.toHaveProperty('hours');
    expect(page.open).toMatchObject([{ text: expect.stringContaining('Brixham Home Care'), ring: null }]);
    expect(page.known).toMatchObject({ heading: 'As known on 1 March 2011 at 09:10', later: 1 });
    expect([page.back, page.known?.today, page.control]).toEqual([
      `/journeys/${she.journey}?knownAt=4`,
      `/journeys/${she.journey}/story`,
      null,
    ]);
  });

  it('without a name speaks of the person, and shows no words that somebody wrote', () => {
    const lead = subjectOf(referred, she.journey, 'pilot-lead-torbay', at('2011-03-01 09:00'));
    const page = storyPage({ ...lead, identity: undefined, shows: { ...lead.shows, identified: false } });
    expect(page.phases[0]!.text).toMatch(
      /^On 21 February 2011 at 11:00 the person’s GP referred her to Torbay North zone, single point of contact\. At/,
    );
    expect(JSON.stringify(page)).not.toMatch(/words in the clear|Edith/);
  });

  it('of somebody who was erased tells what happened, without their words', () => {
    const erased = {
      ...subjectOf(referred, she.journey, 'coordinator-torbay', at('2011-03-01 09:00')),
      identity: { erased: true } as const,
    };
    expect(JSON.stringify(storyPage(erased))).not.toMatch(/words in the clear|Erased/);
  });
});
