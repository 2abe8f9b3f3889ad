import { describe, expect, it } from '@jest/globals';
import { deadlinesSince, nextDeadlineAfter } from '#pathway';
import type { Rows } from '#projections';
import { at, north, person, projected } from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
/** To be seen by 10:15, answered by 10:30. */
const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 10:00')];
const waiting = async (rows: Rows) =>
  (await deadlinesSince(rows, at('2011-01-01 00:00'), at('2012-01-01 00:00'))).map(({ rule, since }) => [rule, since]);

describe('What the engine will do by itself', () => {
  it('waits from the deadlines of an open offer', async () => {
    expect(await projected(offered, waiting)).toEqual([
      ['chaseNotSeen', at('2011-03-01 10:15')],
      ['escalateNotSeen', at('2011-03-01 10:15')],
      ['chaseNotAnswered', at('2011-03-01 10:30')],
      ['escalateNotAnswered', at('2011-03-01 10:30')],
      ['lapse', at('2011-03-01 10:30')],
    ]);
  });

  it('says when the next time begins', async () => {
    const next = (moment: string) => (rows: Rows) => nextDeadlineAfter(rows, at(moment));
    expect(await projected(offered, next('2011-03-01 10:15'))).toBe(at('2011-03-01 10:30'));
    expect(await projected(offered, next('2011-03-01 10:30'))).toBeUndefined();
  });

  it('is nothing once the person has died (scenario 4), or the offer was accepted', async () => {
    const died = smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 10:05');
    expect(await projected([...offered, died], waiting)).toEqual([]);
    expect(await projected([...offered, smith.accepted('a', '2011-03-01 10:05')], waiting)).toEqual([]);
  });

  it('waits for the confirmation of an answer by telephone, and for none where it was confirmed (hazard H22)', async () => {
    const report = {
      handoffId: smith.handoff('a'),
      answer: 'accepted' as const,
      effect: 'now' as const,
      spokenTo: 'sealed:v1:A',
      reportedBy: north,
    };
    const reported = smith.said('HandoffAnswerReported', report, '2011-03-01 10:05');
    expect(await projected([...offered, reported], waiting)).toEqual([
      ['chaseNotConfirmed', at('2011-03-01 10:05')],
      ['escalateNotConfirmed', at('2011-03-01 10:05')],
    ]);
  });

  it('tells the duty manager of a decline from the moment at which it was known, until somebody has seen it', async () => {
    const declined = [...offered, smith.declined('a', '2011-03-01 10:05', { recorded: '2011-03-01 11:00' })];
    expect(await projected(declined, waiting)).toEqual([['escalateDecline', at('2011-03-01 11:00')]]);
    const seen = smith.said(
      'HandoffProblemSeen',
      { handoffId: smith.handoff('a'), cause: 'declineNotActedOn', by: north },
      '2011-03-01 11:10',
    );
    expect(await projected([...declined, seen], waiting)).toEqual([]);
  });
});
