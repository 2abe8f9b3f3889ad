/** The ten scenarios (SCENARIOS), as the story tells them. */
import { describe, expect, it } from '@jest/globals';
import { brixham, harbourside, north, sealed, ward } from '../../../../test/support/history.js';
import { referred, she, texts, told } from '../../testing/told.js';

describe('The story of a journey', () => {
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
});
