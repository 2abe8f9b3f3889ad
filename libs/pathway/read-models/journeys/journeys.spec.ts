import { describe, expect, it } from '@jest/globals';
import {
  handoffsOfJourney,
  journeyCounts,
  nobodyResponsible,
  journeyParts,
  journeyRow,
  journeysOfPerson,
  journeysOfPilot,
  scopeOf,
  teamAt,
  type Scope,
} from '#pathway';
import type { Rows } from '#projections';
import { at, brixham, harbourside, north, person, projected, ward } from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const everything: Scope = { kind: 'all' };
const of = (organisation: string): Scope => ({ kind: 'organisation', organisation });
const row = async (rows: Rows) => (await journeyRow(rows, smith.journey, everything))!;
const started = smith.referred('2011-02-28 10:00');
const offered = smith.offered('a', '2011-03-01 09:00');

describe('A journey at a glance', () => {
  it('starts with the service that took the referral, and its key worker', async () => {
    expect(await projected(started, row)).toMatchObject({
      person: smith.personId,
      pilot: 'torbay',
      pathway: 'torbay-older-people',
      status: 'active',
      urgency: 'soon',
      responsible: 'team',
      responsible_team: north.team,
      responsible_since: at('2011-02-28 10:00'),
      key_worker: 'staff-key',
    });
  });

  it('stays with the sender while an offer is open, seen or declined', async () => {
    for (const more of [[], [smith.seen('a', '2011-03-01 09:05')], [smith.declined('a', '2011-03-01 09:10')]]) {
      expect(await projected([...started, offered, ...more], row)).toMatchObject({ responsible_team: north.team });
    }
  });

  it('passes to the receiver at acceptance', async () => {
    const found = await projected([...started, offered, smith.accepted('a', '2011-03-01 09:20')], row);
    expect(found).toMatchObject({
      responsible_team: brixham.team,
      responsible_since: at('2011-03-01 09:20'),
      open_handoffs: 0,
    });
  });

  it('passes at the time agreed, without another entry', async () => {
    const tomorrow = smith.accepted(
      'a',
      '2011-03-01 09:20',
      {},
      { effect: 'atTime', effectAt: at('2011-03-02 08:00') },
    );
    const found = await projected([...started, offered, tomorrow], row);
    expect(found).toMatchObject({
      responsible_team: north.team,
      next_change_at: at('2011-03-02 08:00'),
      next_team: brixham.team,
    });
    expect(teamAt(found, at('2011-03-02 07:59'))).toBe(north.team);
    expect(teamAt(found, at('2011-03-02 08:00'))).toBe(brixham.team);
  });

  it('is with the ward during a stay, and says to whom it returns', async () => {
    expect(await projected([...started, smith.admitted('s', '2011-03-01 20:00')], row)).toMatchObject({
      responsible_team: ward.team,
      returns_to_team: north.team,
      hospital: 'torbay-hospital',
      stay: smith.stay('s'),
    });
  });

  it('says that nobody has accepted, last held by the ward, since the discharge (scenario 6)', async () => {
    const history = [
      ...started,
      smith.admitted('s', '2011-03-01 20:00'),
      smith.discharged('s', '2011-03-03 11:00', { expectedReceiver: harbourside, receiverProblem: 'teamClosed' }),
    ];
    const found = await projected(history, async (rows) => ({
      row: await row(rows),
      counts: await journeyCounts(rows, 'torbay'),
      nobody: await nobodyResponsible(rows, 'torbay'),
      elsewhere: await nobodyResponsible(rows, 'nene'),
    }));
    expect(found.row).toMatchObject({
      responsible: 'nobody',
      alarmed: 1,
      last_held_team: ward.team,
      returns_to_team: north.team,
      responsible_since: at('2011-03-03 11:00'),
      responsible_because: 'receiverClosed',
    });
    expect(found).toMatchObject({ counts: { active: 1 }, nobody: 1, elsewhere: 0 });
  });

  it('ends with death', async () => {
    const died = smith.lived('PersonDied', { place: 'usualResidence' }, '2011-03-01 09:12');
    expect(await projected([...started, offered, died], row)).toMatchObject({
      status: 'died',
      responsible: 'ended',
      died_at: at('2011-03-01 09:12'),
      open_handoffs: 0,
    });
  });

  it('keeps the offer with its deadlines and its answer', async () => {
    const history = [...started, offered, smith.seen('a', '2011-03-01 09:05'), smith.declined('a', '2011-03-01 09:10')];
    const [handoff] = await projected(history, (rows) => handoffsOfJourney(rows, smith.journey, everything));
    expect(handoff).toMatchObject({
      boundary: 'community>socialCare',
      status: 'declined',
      acknowledge_by: at('2011-03-01 09:15'),
      accept_by: at('2011-03-01 09:30'),
      acknowledged_at: at('2011-03-01 09:05'),
      answered_at: at('2011-03-01 09:10'),
      ended_at: at('2011-03-01 09:10'),
      reason: 'noCapacity',
      needs_action: 1,
      reported: 0,
    });
  });

  it('marks an answer by telephone as reported, not confirmed, and a denied one as disputed (scenario 9)', async () => {
    const report = smith.said(
      'HandoffAnswerReported',
      {
        handoffId: smith.handoff('a'),
        answer: 'accepted',
        effect: 'now',
        spokenTo: 'sealed:v1:AAAA',
        reportedBy: north,
      },
      '2011-03-01 09:20',
    );
    const denial = smith.said(
      'HandoffReportDisputed',
      { handoffId: smith.handoff('a'), report: report.event.eventId, by: brixham },
      '2011-03-01 12:00',
    );
    const handoff = async (rows: Rows) => (await handoffsOfJourney(rows, smith.journey, everything))[0];
    expect(await projected([...started, offered, report], handoff)).toMatchObject({
      status: 'accepted',
      reported: 1,
      disputed: 0,
    });
    expect(await projected([...started, offered, report, denial], handoff)).toMatchObject({
      status: 'disputed',
      disputed: 1,
    });
    expect(await projected([...started, offered, report, denial], row)).toMatchObject({ responsible_team: north.team });
  });
});

describe('Who may see a journey', () => {
  const sees = (history: Parameters<typeof projected>[0], organisation: string) =>
    projected(history, async (rows) => await journeyRow(rows, smith.journey, of(organisation)) !== undefined);

  it('is whoever has or had a part in it, and nobody else', async () => {
    expect(await sees(started, north.organisation)).toBe(true);
    expect(await sees(started, brixham.organisation)).toBe(false);
    expect(await sees(started, harbourside.organisation)).toBe(false);
  });

  it('is the receiver of an open offer, until it declines', async () => {
    expect(await sees([...started, offered], brixham.organisation)).toBe(true);
    expect(await sees([...started, offered, smith.declined('a', '2011-03-01 09:10')], brixham.organisation)).toBe(
      false,
    );
  });

  it('is a team that held it once, still', async () => {
    const accepted = smith.accepted('a', '2011-03-01 09:20');
    expect(await sees([...started, offered, accepted], north.organisation)).toBe(true);
    expect(await projected([...started, offered, accepted], (rows) => journeyParts(rows, smith.journey))).toEqual({
      organisations: [brixham.organisation, north.organisation],
      pilot: 'torbay',
    });
  });

  it('follows the role: a pilot lead sees the pilot, an auditor all, an evaluator nothing', async () => {
    const actor = { staff: 'staff-1', organisation: 'elsewhere', sector: 'community' } as const;
    await projected(started, async (rows) => {
      const seen = async (scope: Scope) => [
        (await journeysOfPerson(rows, smith.personId, scope)).length,
        (await journeysOfPilot(rows, 'torbay', scope)).length,
      ];
      expect(await seen(scopeOf({ ...actor, role: 'pilotLead', pilot: 'torbay' }))).toEqual([1, 1]);
      expect(await seen(scopeOf({ ...actor, role: 'pilotLead', pilot: 'norfolk' }))).toEqual([0, 0]);
      expect(await seen(scopeOf({ ...actor, role: 'auditor' }))).toEqual([1, 1]);
      expect(await seen(scopeOf({ ...actor, role: 'evaluator' }))).toEqual([0, 0]);
      expect(await seen(scopeOf({ ...actor, role: 'administrator' }))).toEqual([0, 0]);
      expect(await seen(scopeOf({ ...actor, role: 'coordinator' }))).toEqual([0, 0]);
    });
  });
});
