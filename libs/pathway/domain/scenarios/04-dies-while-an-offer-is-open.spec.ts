import { describe, expect, it } from '@jest/globals';
import { markEntryInError } from '../entry/decide.js';
import { acceptHandoff } from '../handoff/answer.js';
import { chaseHandoff, escalateHandoff, lapseHandoff } from '../handoff/react.js';
import { reactionsTo } from '../handoff/reactions.js';
import { needsAction } from '../handoff/state.js';
import { recordDeath } from '../person/decide.js';
import { alertsOf } from '../responsibility/alerts.js';
import { offered, referralTaken } from '../testing/entries.js';
import { given } from '../testing/story.js';
import { at, brixham, mrsSmith, zone } from '../testing/torbay.js';
import { clock, offer } from '../testing/scenario.js';

describe('4. Dies while an offer is open', () => {
  const dead = given(...referralTaken(at('2011-03-01 09:00')), offered(at('2011-03-01 10:00'), { to: brixham }))
    .when({
      decide: recordDeath,
      command: { place: 'usualResidence' as const },
      by: zone,
      now: at('2011-03-01 10:20'),
    })
    .then('PersonDied');

  it('when death is recorded, the offer and its chasers stop', () => {
    expect(dead.handoff(offer.handoffId)).toMatchObject({ status: 'stopped', stopped: { why: 'died' } });
    expect(reactionsTo(dead.handoff(offer.handoffId))).toEqual([]);
    const now = at('2011-03-01 11:00');
    dead.when({ decide: lapseHandoff, command: offer, by: 'system', now }).nothing();
    for (const cause of ['notSeen', 'notAnswered'] as const)
      dead.when({ decide: chaseHandoff, command: { ...offer, cause }, by: 'system', now }).nothing();
    dead
      .when({ decide: escalateHandoff, command: { ...offer, cause: 'notAnswered' as const }, by: 'system', now })
      .nothing();
  });

  it('the receiver reads "do not contact"', () => {
    dead
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 10:25') })
      .refused('person-died', 'The person died at 10:20: do not contact');
    expect(alertsOf(dead.record, dead.journey)).toMatchObject([{ kind: 'doNotContact', to: brixham }]);
  });

  it('the denominator keeps the offer', () => {
    expect(clock(dead, 'H2')).toMatchObject({
      outcome: 'stopped',
      from: at('2011-03-01 10:00'),
      to: at('2011-03-01 10:20'),
    });
    expect(clock(dead, 'H2')?.elapsed).toBeUndefined();
  });

  it('responsibility ends', () => {
    expect(dead.responsible(at('2011-03-01 10:21'))).toEqual({
      kind: 'ended',
      why: 'died',
      since: at('2011-03-01 10:20'),
    });
  });

  it('a death entered in error revives nothing silently', () => {
    const alive = dead
      .when({
        decide: markEntryInError,
        command: { personId: mrsSmith, entry: dead.record.death!.eventId, reason: 'wrongPerson' as const },
        by: zone,
        now: at('2011-03-01 12:00'),
      })
      .then('EntryMarkedInError');
    const marked = alive.handoff(offer.handoffId);
    expect(marked).toMatchObject({ status: 'stopped', stopped: { why: 'deathInError' } });
    expect(needsAction(marked)).toBe(true);
    alive
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: at('2011-03-01 12:05') })
      .refused('handoff-stopped', 'North zone would have to offer it again');
    expect(alive.responsible(at('2011-03-01 12:05'))).toMatchObject({ kind: 'team', team: zone });
    expect(clock(alive, 'H2')).toMatchObject({ outcome: 'stopped' });
  });
});
