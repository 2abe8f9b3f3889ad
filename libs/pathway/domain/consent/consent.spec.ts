import { describe, expect, it } from '@jest/globals';
import { contents, offered, referralTaken, sealed } from '../testing/entries.js';
import { entry, given, type Story } from '../testing/story.js';
import { at, brixham, herJourney, mrsSmith, paignton, ward, zone } from '../testing/torbay.js';
import { offerHandoff, type OfferHandoff } from '../handoff/offer.js';
import type { DataOf } from '../record/event.js';
import { consentFor, withheldFrom } from './consent.js';
import { recordConsent, type RecordConsent } from './decide.js';

type Said = DataOf<'ConsentRecorded'>;
const withBrixham = { scope: 'organisation', organisation: brixham.organisation } as const;
const withSocialCare = { scope: 'sector', sector: 'socialCare' } as const;
const withEveryone = { scope: 'everyone' } as const;

const taken = given(...referralTaken(at('2011-03-01 09:00')));
const said = (when: string, data: Said) => entry('ConsentRecorded', data, at(when));
const now = at('2011-03-01 12:00');
const stands = (story: Story, team = brixham) => consentFor(story.record, team, now)?.decision;

describe('Consent to sharing', () => {
  it('is not known before the person was asked', () => {
    expect(stands(taken)).toBeUndefined();
  });

  it('is about one organisation, one sector or everyone', () => {
    expect(stands(taken.with(said('2011-03-01 10:00', { decision: 'refused', ...withBrixham })))).toBe('refused');
    const social = taken.with(said('2011-03-01 10:00', { decision: 'refused', ...withSocialCare }));
    expect([stands(social), stands(social, ward)]).toEqual(['refused', undefined]);
    expect(stands(taken.with(said('2011-03-01 10:00', { decision: 'given', ...withEveryone })), ward)).toBe('given');
  });

  it('once withdrawn ends what is shared from then on, and not what was shared before', () => {
    const story = taken.with(
      said('2011-03-01 09:30', { decision: 'given', ...withBrixham }),
      said('2011-03-01 11:00', { decision: 'withdrawn', ...withBrixham }),
    );
    expect(stands(story)).toBe('withdrawn');
    expect(withheldFrom(story.record, brixham, at('2011-03-01 10:00'))).toBeUndefined();
    expect(stands(story.with(said('2011-03-01 11:30', { decision: 'given', ...withBrixham })))).toBe('given');
  });

  it('"yes" to everyone does not undo "no" to one organisation', () => {
    const story = taken.with(
      said('2011-03-01 09:30', { decision: 'refused', ...withBrixham }),
      said('2011-03-01 11:00', { decision: 'given', ...withEveryone }),
    );
    expect([stands(story), stands(story, paignton)]).toEqual(['refused', 'given']);
  });

  it('"no" to everyone ends a "yes" that was given to one before', () => {
    const story = taken.with(
      said('2011-03-01 09:30', { decision: 'given', ...withBrixham }),
      said('2011-03-01 11:00', { decision: 'withdrawn', ...withEveryone }),
    );
    expect(stands(story)).toBe('withdrawn');
  });
});

describe('Recording what the person said', () => {
  const ask = (story: Story, command: RecordConsent) => story.when({ decide: recordConsent, command, by: zone, now });

  it('is written down on the person, once', () => {
    const recorded = ask(taken, { decision: 'refused', ...withBrixham }).then('ConsentRecorded');
    expect(recorded.log.at(-1)).toMatchObject({ stream: `person-${mrsSmith}` });
    ask(recorded, { decision: 'refused', ...withBrixham }).nothing();
    ask(recorded, { decision: 'withdrawn', ...withBrixham }).then('ConsentRecorded');
  });

  it('says with whom', () => {
    ask(taken, { decision: 'refused', scope: 'sector' }).refused('consent-scope-incomplete');
    ask(taken, { decision: 'refused', ...withBrixham, sector: 'socialCare' }).refused('consent-scope-incomplete');
  });

  it('keeps their words as nobody can read them without the key', () => {
    const recorded = ask(taken, { decision: 'refused', ...withEveryone, note: sealed('My niece works there') });
    expect(recorded.then('ConsentRecorded').record.consents).toMatchObject([{ note: sealed('My niece works there') }]);
  });
});

describe('An offer to a team that the person does not want to know', () => {
  const refused = taken.with(said('2011-03-01 10:00', { decision: 'refused', ...withBrixham }));
  const toBrixham: OfferHandoff = {
    journeyId: herJourney,
    to: brixham.team,
    urgency: 'urgent',
    effect: 'now',
    ...contents,
  };
  const offer = (command: Partial<OfferHandoff> = {}, story = refused) =>
    story.when({ decide: offerHandoff, command: { ...toBrixham, ...command }, by: zone, now });

  it('is refused until somebody says why, in words that tell what the person said and when', () => {
    offer().refused('consent-withheld', 'The person refused consent to sharing with Brixham home care at 10:00');
  });

  it('is not shared by a consent that they refused', () => {
    offer({ despite: 'safeguarding' }).refused('no-basis-for-sharing');
    offer({ despite: 'safeguarding', sharing: 'directCareImplied' }).refused('no-basis-for-sharing');
  });

  it('is made where somebody’s safety needs it, and carries why', () => {
    const made = offer({ despite: 'safeguarding', sharing: 'statutory' }).then('HandoffOffered');
    expect(made.journey.handoffs[0]?.contents).toMatchObject({ despite: 'safeguarding', sharing: 'statutory' });
  });

  it('after a withdrawal is refused too; an offer that was made before stands', () => {
    const before = taken.with(offered(at('2011-03-01 09:30'), { to: brixham }));
    const withdrawn = before.with(said('2011-03-01 11:00', { decision: 'withdrawn', ...withBrixham }));
    expect(withdrawn.journey.handoffs[0]?.status).toBe('offered');
    offer({}, taken.with(said('2011-03-01 11:00', { decision: 'withdrawn', ...withBrixham }))).refused(
      'consent-withheld',
      'withdrew consent',
    );
  });

  it('goes to other teams as before', () => {
    offer({ to: paignton.team }).then('HandoffOffered');
  });
});
