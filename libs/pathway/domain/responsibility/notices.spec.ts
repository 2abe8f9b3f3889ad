import { describe, expect, it } from '@jest/globals';
import { acceptHandoff, acknowledgeHandoff, declineHandoff } from '../handoff/answer.js';
import { chaseHandoff, escalateHandoff } from '../handoff/react.js';
import { actOnDecline } from '../handoff/sender.js';
import { offered, referralTaken } from '../testing/entries.js';
import { offer } from '../testing/scenario.js';
import { given, type Story } from '../testing/story.js';
import { actorOf, at, brixham, zone } from '../testing/torbay.js';
import { noticesOf } from './notices.js';
import { readHandoffNotice } from './read-notice.js';

const day = (time: string) => at(`2011-03-01 ${time}`);
const open = given(...referralTaken(day('09:00')), offered(day('10:00'), { to: brixham }));
const told = (story: Story) =>
  noticesOf(story.record, story.journey).map(({ kind, audience, to, stands, read }) => [
    kind,
    audience,
    to.team,
    ...(stands ? ['still so'] : []),
    ...(read ? ['read'] : []),
  ]);
const reminded = open
  .when({ decide: chaseHandoff, command: { ...offer, cause: 'notSeen' as const }, by: 'system', now: day('10:15') })
  .then('HandoffChased');
const declined = open
  .when({
    decide: declineHandoff,
    command: { ...offer, reason: 'noCapacity' as const },
    by: brixham,
    now: day('10:05'),
  })
  .then('HandoffDeclined')
  .when({
    decide: escalateHandoff,
    command: { ...offer, cause: 'declineNotActedOn' as const },
    by: 'system',
    now: day('10:35'),
  })
  .then('HandoffEscalated');

describe('What somebody is told without having asked', () => {
  it('the receiver: that an offer waits, until they have seen it or are reminded of more', () => {
    expect(told(reminded)).toEqual([['remindedNotSeen', 'team', brixham.team, 'still so']]);
    const seen = reminded.when({ decide: acknowledgeHandoff, command: offer, by: brixham, now: day('10:16') }).goOn();
    expect(told(seen)).toEqual([]);
    const again = seen
      .when({
        decide: chaseHandoff,
        command: { ...offer, cause: 'notAnswered' as const },
        by: 'system',
        now: day('10:30'),
      })
      .then('HandoffChased');
    expect(told(again)).toEqual([['remindedNotAnswered', 'team', brixham.team, 'still so']]);
    expect(told(again.when({ decide: acceptHandoff, command: offer, by: brixham, now: day('10:31') }).goOn())).toEqual(
      [],
    );
  });

  it("the sender's duty manager: that a decline goes unseen; it stays told when somebody acts", () => {
    expect(told(declined)).toEqual([['toldDecline', 'dutyManager', zone.team, 'still so']]);
    expect(noticesOf(declined.record, declined.journey)[0]?.ring).toEqual(zone);
    const acted = declined.when({ decide: actOnDecline, command: offer, by: zone, now: day('10:40') }).goOn();
    expect(told(acted)).toEqual([['toldDecline', 'dutyManager', zone.team]]);
  });

  it('the receiver: that the person died (scenario 4)', () => {
    const dead = open.with({ type: 'PersonDied', data: { place: 'hospital' }, at: day('10:20') });
    expect(told(dead)).toEqual([['doNotContact', 'team', brixham.team]]);
  });
});

describe('Saying that a notice was read', () => {
  const reading = (story: Story, notice: 'toldDecline' | 'remindedNotSeen', by = brixham) =>
    story.when({ decide: readHandoffNotice, command: { ...offer, notice }, by, now: day('10:45') });

  it('is for the team that was told, and once is enough', () => {
    reading(reminded, 'remindedNotSeen', zone).refused('not-your-notice', 'Brixham home care');
    const read = reading(reminded, 'remindedNotSeen').then('HandoffNoticeRead');
    expect(told(read)).toEqual([['remindedNotSeen', 'team', brixham.team, 'still so', 'read']]);
    reading(read, 'remindedNotSeen').nothing();
  });

  it('is for the duty manager of the organisation, not for the team', () => {
    reading(declined, 'toldDecline', zone).refused('not-your-notice', 'the duty manager');
    const command = { ...offer, notice: 'toldDecline' as const };
    const asManager = (organisation: string) =>
      declined.when({
        decide: (asked: typeof command, record, context) =>
          readHandoffNotice(asked, record, {
            ...context,
            actor: { ...actorOf(zone, 'dutyManager'), organisation },
            actorTeams: [],
          }),
        command,
        by: zone,
        now: day('10:45'),
      });
    asManager('another-trust').refused('not-your-notice');
    expect(told(asManager(zone.organisation).then('HandoffNoticeRead'))[0]).toContain('read');
  });

  it('is not possible where there is none any more', () => {
    reading(open, 'remindedNotSeen').refused('notice-gone');
  });
});
