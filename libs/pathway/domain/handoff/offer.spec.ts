import { describe, expect, it } from '@jest/globals';
import { accepted, admitted, contents, offered, referralMade, referralTaken, sealed } from '../testing/entries.js';
import { given } from '../testing/story.js';
import { at, brixham, herJourney, lettings, paignton, volunteers, ward, zone } from '../testing/torbay.js';
import { offerHandoff, type OfferHandoff } from './offer.js';

const taken = given(...referralTaken(at('2011-03-01 09:00')));
const toBrixham: OfferHandoff = {
  journeyId: herJourney,
  to: brixham.team,
  urgency: 'urgent',
  effect: 'now',
  ...contents,
};
const now = at('2011-03-01 10:00');

describe('offering a handover', () => {
  it('asks the receiver, with deadlines of its targets, and moves nothing', () => {
    const asked = taken.when({ decide: offerHandoff, command: toBrixham, by: zone, now }).then('HandoffOffered');
    expect(asked.journey.handoffs).toMatchObject([
      {
        status: 'offered',
        from: zone,
        to: brixham,
        attempt: 1,
        acknowledgeBy: at('2011-03-01 10:15'),
        acceptBy: at('2011-03-01 10:30'),
      },
    ]);
    expect(asked.responsible(now)).toMatchObject({ kind: 'team', team: zone });
  });

  it('is for the team that is responsible', () => {
    taken
      .when({ decide: offerHandoff, command: toBrixham, by: paignton, now })
      .refused('not-responsible', 'North zone is responsible: ask them', { team: zone.team });
  });

  it('during a hospital stay is for the ward, and for the lead that the person returns to', () => {
    const inHospital = taken.with(admitted(at('2011-03-01 09:30')));
    for (const by of [ward, zone]) {
      const asked = inHospital
        .when({ decide: offerHandoff, command: { ...toBrixham, effect: 'atDischarge' }, by, now })
        .then('HandoffOffered');
      expect(asked.journey.handoffs).toMatchObject([{ from: by }]);
    }
  });

  it('needs a referral that somebody has taken', () => {
    given(referralMade(at('2011-03-01 09:00')))
      .when({ decide: offerHandoff, command: toBrixham, by: zone, now })
      .refused('referral-not-taken');
  });

  it('crosses only boundaries of the pathway', () => {
    taken
      .when({ decide: offerHandoff, command: { ...toBrixham, to: volunteers.team }, by: zone, now })
      .refused('boundary-not-in-pathway', 'choose another team', { boundary: 'community>thirdSector' });
  });

  it('goes to a team that the directory knows', () => {
    taken
      .when({ decide: offerHandoff, command: { ...toBrixham, to: 'nobody' }, by: zone, now })
      .refused('team-unknown');
    taken.when({ decide: offerHandoff, command: { ...toBrixham, to: zone.team }, by: zone, now }).refused('same-team');
  });

  it('is not made twice to a team that has not answered', () => {
    taken
      .with(offered(at('2011-03-01 09:30'), { to: brixham }))
      .when({ decide: offerHandoff, command: toBrixham, by: zone, now })
      .refused('already-offered', 'Brixham home care has this offer');
  });

  it('says what the risk is: "yes" alone is no answer', () => {
    const risky = { ...toBrixham, risks: 'yes' as const };
    taken.when({ decide: offerHandoff, command: risky, by: zone, now }).refused('risk-detail-missing');
    taken
      .when({ decide: offerHandoff, command: { ...risky, riskDetail: sealed('falls') }, by: zone, now })
      .then('HandoffOffered');
  });

  it('does not share by consent what the person objected to', () => {
    taken
      .when({ decide: offerHandoff, command: { ...toBrixham, agreement: 'objected' }, by: zone, now })
      .refused('no-basis-for-sharing');
  });

  it('goes outside health and social care only where the person agreed to that, or the law asks for it', () => {
    const toHousing = { ...toBrixham, to: lettings.team };
    const implied = { ...toHousing, sharing: 'directCareImplied' as const };
    taken
      .when({ decide: offerHandoff, command: implied, by: zone, now })
      .refused('no-basis-outside-care', 'Bay lettings is outside health and social care');
    taken.when({ decide: offerHandoff, command: { ...implied, to: brixham.team }, by: zone, now }).then('HandoffOffered');
    taken.when({ decide: offerHandoff, command: toHousing, by: zone, now }).then('HandoffOffered');
    taken
      .when({ decide: offerHandoff, command: { ...toHousing, sharing: 'statutory' }, by: zone, now })
      .then('HandoffOffered');
  });

  it('says from when, where it takes effect at a time', () => {
    taken
      .when({ decide: offerHandoff, command: { ...toBrixham, effect: 'atTime' }, by: zone, now })
      .refused('effect-time-missing');
  });

  it('cannot lie in the future', () => {
    taken
      .when({ decide: offerHandoff, command: toBrixham, by: zone, now, happened: at('2011-03-01 11:00') })
      .refused('occurred-in-future');
  });

  it('begins another episode once the last need found a receiver', () => {
    const settled = taken
      .with(offered(at('2011-03-01 09:10'), { to: brixham }), accepted(at('2011-03-01 09:20'), brixham))
      .when({ decide: offerHandoff, command: { ...toBrixham, to: zone.team }, by: brixham, now })
      .then('HandoffOffered');
    const [first, second] = settled.journey.handoffs;
    expect(second?.attempt).toBe(1);
    expect(second?.episode).not.toBe(first?.episode);
  });
});
