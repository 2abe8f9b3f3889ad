import { describe, expect, it } from '@jest/globals';
import { noticesFor } from '#pathway';
import type { Rows } from '#projections';
import { at, brixham, north, person, projected } from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const handoffId = smith.handoff('a');
const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 10:00')];
const chased = [
  ...offered,
  smith.said(
    'HandoffChased',
    { handoffId, cause: 'notSeen', deadline: at('2011-03-01 10:15'), to: brixham },
    '2011-03-01 10:15',
  ),
];
const escalated = [
  ...chased,
  smith.said('HandoffEscalated', { handoffId, cause: 'notSeen', to: north }, '2011-03-01 10:45'),
];
const read = smith.said('HandoffNoticeRead', { handoffId, notice: 'toldNotSeen' }, '2011-03-01 10:50');

const seenBy =
  (
    role: 'coordinator' | 'dutyManager',
    { organisation, team }: { organisation: string; team: string },
    now = '2011-03-01 18:00',
  ) =>
  async (rows: Rows) =>
    (await noticesFor(rows, { role, organisation }, [team], at(now))).map(({ kind, stands, answered_before, read_at }) => [
      kind,
      stands,
      answered_before,
      read_at,
    ]);

describe('Notices', () => {
  it('tell the receiver what they have not done, and the duty manager of the sender what nobody has done', async () => {
    await projected(escalated, async (rows) => {
      expect(await seenBy('coordinator', brixham)(rows)).toEqual([['remindedNotSeen', 1, 0, null]]);
      expect(await seenBy('dutyManager', north)(rows)).toEqual([['toldNotSeen', 1, 0, null]]);
      expect(await seenBy('coordinator', north)(rows)).toEqual([]);
      expect(await seenBy('dutyManager', brixham)(rows)).toEqual([]);
    });
  });

  it('stay while they are still so, and are gone once they were read and are not so any more', async () => {
    expect(await projected([...escalated, read], seenBy('dutyManager', north))).toEqual([
      ['toldNotSeen', 1, 0, at('2011-03-01 10:50')],
    ]);
    const accepted = smith.accepted('a', '2011-03-01 11:00');
    expect(await projected([...escalated, accepted], seenBy('dutyManager', north))).toEqual([
      ['toldNotSeen', 0, 0, null],
    ]);
    expect(await projected([...escalated, read, accepted], seenBy('dutyManager', north))).toEqual([]);
  });

  it('are no news any more after two weeks, where they are over', async () => {
    const died = smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 10:50');
    await projected([...escalated, died], async (rows) => {
      expect(await seenBy('coordinator', brixham)(rows)).toEqual([['doNotContact', 0, 0, null]]);
      expect(await seenBy('coordinator', brixham, '2011-03-16 08:00')(rows)).toEqual([]);
    });
    expect(await projected(escalated, seenBy('dutyManager', north, '2011-03-16 08:00'))).toHaveLength(1);
  });

  it('stay, marked "answered before, recorded late", where the answer had come before (scenario 5)', async () => {
    const late = smith.accepted('a', '2011-03-01 10:40', { recorded: '2011-03-01 14:00' });
    expect(await projected([...escalated, late], seenBy('dutyManager', north))).toEqual([['toldNotSeen', 0, 1, null]]);
  });
});
