import { describe, expect, it } from '@jest/globals';
import { at, north, ward } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { referred, she, texts, told } from '../../testing/told.js';
import { asKnown } from '../as-known/as-known.js';
import { storyPage, storyThen } from './story.view.js';

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
