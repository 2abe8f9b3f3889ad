import { describe, expect, it } from '@jest/globals';
import { changesSince } from '#pathway';
import { at, brixham, north, person, projected, type Entry } from '../../../../test/support/history.js';
import { changesPage } from './changes.view.js';

const smith = person('Mrs Smith');
const since = at('2011-02-28 17:00');
const now = at('2011-03-01 08:05');

const pageOf = (history: readonly Entry[], team: typeof north | typeof brixham, chosen = false) =>
  projected(history, async (rows) =>
    changesPage(await changesSince(rows, { teams: [team.team], organisation: team.organisation, since, now, most: 50 }), {
      since,
      chosen,
      now,
      identities: new Map(),
    }),
  );
const said = ({ groups }: Awaited<ReturnType<typeof pageOf>>) =>
  groups.flatMap(({ id, lines }) => lines.map(({ what }) => [id, what]));

const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-02-28 16:50')];

describe('What changed, in words', () => {
  it('says who declined and why, and leads to the handover', async () => {
    const page = await pageOf([...offered, smith.declined('a', '2011-02-28 17:05')], north);
    expect(said(page)).toEqual([['declined', 'Brixham Home Care declined: no room.']]);
    expect(page.groups[0]?.lines[0]).toMatchObject({
      href: `/journeys/${smith.journey}/handovers/${smith.handoff('a')}`,
      learnedAt: null,
    });
  });

  it('says when something was written down later than it happened (scenario 5)', async () => {
    const late = smith.accepted('a', '2011-02-28 16:55', { recorded: '2011-03-01 07:30' });
    const page = await pageOf([...offered, late], north);
    expect(said(page)).toEqual([
      ['accepted', 'Brixham Home Care accepted.'],
      ['left', 'To Brixham Home Care.'],
    ]);
    expect(page.groups.find(({ id }) => id === 'accepted')?.lines[0]?.learnedAt).toBe(at('2011-03-01 07:30'));
  });

  it('says to the receiver that an offer was withdrawn and why', async () => {
    const handoffId = smith.handoff('a');
    const withdrawn = smith.said(
      'HandoffWithdrawn',
      { handoffId, by: north, reason: 'noLongerNeeded' },
      '2011-02-28 18:00',
    );
    expect(said(await pageOf([...offered, withdrawn], brixham))[0]?.[1]).toMatch(/^Torbay North zone, .* withdrew: /u);
  });

  it('says whether the moment is the last visit or was chosen', async () => {
    expect((await pageOf([], north)).intro).toContain('since you were last here, on 28 February 2011 at 17:00.');
    expect((await pageOf([], north, true)).intro).toContain('since the moment that you chose, on 28 February 2011');
  });
});
