import { describe, expect, it } from '@jest/globals';
import { londonInstant } from '#kernel';
import type { NoticeRow } from '#pathway';
import { noticesPage } from './notices.view.js';

const row: NoticeRow = {
  handoff: 'h',
  kind: 'toldDecline',
  audience: 'dutyManager',
  team: 'torbay-north-zone',
  organisation: 'torbay-care-trust',
  journey: 'j',
  person: 'f81d4fae-7dec-5d0e-8765-00a0c91e6bf6',
  pilot: 'torbay',
  urgency: 'urgent',
  since: londonInstant('2011-02-28', '17:35'),
  ring_team: 'torbay-north-zone',
  ring_organisation: 'torbay-care-trust',
  stands: 1,
  answered_before: 0,
  read_at: null,
  synthetic: 1,
};
const page = (...found: Partial<NoticeRow>[]) =>
  noticesPage(
    found.map((more) => ({ ...row, ...more })),
    {
      now: londonInstant('2011-03-01', '08:05'),
      organisation: 'torbay-care-trust',
      forDutyManager: true,
      identities: new Map(),
    },
  );

describe('The notices of a duty manager', () => {
  it('say what is wrong, whom to ring, and lead to the handover', () => {
    const { heading, unread } = page({});
    expect(heading).toBe('Notices for the duty manager of Torbay Care Trust');
    expect(unread[0]).toMatchObject({
      what: 'A handover was declined, and nobody of the team has seen it',
      href: '/journeys/j/handovers/h',
      ring: { name: expect.stringContaining('North'), telephone: expect.stringMatching(/^01632/) },
      meanwhile: null,
    });
  });

  it('keep apart what was read and is still so', () => {
    const { unread, read } = page({}, { read_at: row.since });
    expect([unread.length, read.length]).toEqual([1, 1]);
  });

  it('say what has changed since', () => {
    expect(page({ stands: 0 }).unread[0]?.meanwhile).toBe('Settled since.');
    expect(page({ stands: 0, answered_before: 1 }).unread[0]?.meanwhile).toBe('Answered before, recorded late.');
  });
});
