import { describe, expect, it } from '@jest/globals';
import { boundariesOnList, isKeyWorkerIn, keyWorkersOf, worklist, type WorklistGroup } from '#pathway';
import type { Rows } from '#projections';
import {
  at,
  brixham,
  harbourside,
  idOf,
  north,
  person,
  projected,
  reablement,
  sealed,
  ward,
  type Entry,
} from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const jones = person('Mr Jones');
const brown = person('Mrs Brown');

const list =
  (team: { team: string; organisation: string }, now = '2011-03-01 17:30', group?: WorklistGroup) =>
  async (rows: Rows) => {
    const found = await worklist(rows, {
      teams: [team.team],
      organisation: team.organisation,
      now: at(now),
      ...(group && { group }),
    });
    return found.items.map((item) => [item.group, item.person, item.state]);
  };

const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 16:50')];

describe('The worklist', () => {
  it('shows an offer to both sides: it waits for us, and for them', async () => {
    expect(await projected(offered, list(brixham))).toEqual([['waitingForUs', smith.personId, 'offered']]);
    expect(await projected(offered, list(north))).toEqual([['waitingForThem', smith.personId, 'offered']]);
  });

  it('shows it to nobody else', async () => {
    expect(await projected(offered, list(harbourside))).toEqual([]);
    expect(await projected(offered, list({ team: north.team, organisation: harbourside.organisation }))).toEqual([]);
  });

  it('keeps a decline at the top of our list until somebody acts (scenario 1)', async () => {
    const declined = [...offered, smith.declined('a', '2011-03-01 17:05')];
    expect(await projected(declined, list(north))).toEqual([['notActedOn', smith.personId, 'declined']]);
    expect(await projected(declined, list(brixham))).toEqual([]);
    const actedOn = [
      ...declined,
      smith.said('HandoffDeclineSeen', { handoffId: smith.handoff('a'), by: north }, '2011-03-01 17:20'),
    ];
    expect(await projected(actedOn, list(north))).toEqual([]);
  });

  it('keeps what was not answered in time in the same place', async () => {
    const lapsed = smith.said(
      'HandoffLapsed',
      { handoffId: smith.handoff('a'), deadline: at('2011-03-01 17:20') },
      '2011-03-01 17:20',
    );
    expect(await projected([...offered, lapsed], list(north))).toEqual([['notActedOn', smith.personId, 'lapsed']]);
  });

  it('shows a disputed telephone answer to both sides until it is settled (scenario 9)', async () => {
    const handoffId = smith.handoff('a');
    const report = smith.said(
      'HandoffAnswerReported',
      { handoffId, answer: 'accepted', effect: 'now', spokenTo: sealed, reportedBy: north },
      '2011-03-01 16:55',
    );
    const denial = smith.said(
      'HandoffReportDisputed',
      { handoffId, report: report.event.eventId, by: brixham },
      '2011-03-01 17:00',
    );
    const settled = smith.said(
      'HandoffDisputeResolved',
      { handoffId, holder: north, agreedWith: sealed },
      '2011-03-01 17:10',
    );
    const both = async (rows: Rows) => [...(await list(north)(rows)), ...(await list(brixham)(rows))];
    expect(await projected([...offered, report, denial], both)).toEqual([
      ['notActedOn', smith.personId, 'disputed'],
      ['waitingForUs', smith.personId, 'disputed'],
    ]);
    expect(await projected([...offered, report, denial, settled], both)).toEqual([]);
  });

  it('says of a decline that is not confirmed whether it came by a link or by telephone', async () => {
    const byLink = [smith.linked('a', '2011-03-01 16:51'), smith.answeredByLink('a', '2011-03-01 16:55', 'declined')];
    const asked = { teams: [north.team], organisation: north.organisation, now: at('2011-03-01 18:00') };
    const declinedAs = async (rows: Rows) => (await worklist(rows, asked)).items.map(({ declined_as }) => declined_as);
    expect(await projected([...offered, ...byLink], declinedAs)).toEqual(['linkWithCode']);
    expect(await projected([...offered, smith.declined('a', '2011-03-01 16:55')], declinedAs)).toEqual([null]);
  });

  it('tells the sender alone how the link to answer with stands, until it is answered', async () => {
    const linked = [...offered, smith.linked('a', '2011-03-01 16:51')];
    const link = { handoffId: smith.handoff('a'), link: idOf("Mrs Smith's link a") };
    const ended = smith.said('AnswerLinkEnded', { ...link, by: north }, '2011-03-01 16:55');
    const wrong = Array.from({ length: 5 }, (_, i) =>
      smith.said('AnswerLinkCodeRefused', { ...link, attempt: i + 1, locked: i === 4 }, `2011-03-01 16:5${i + 2}`),
    );
    const links = (team: typeof north | typeof brixham) => async (rows: Rows) =>
      (await worklist(rows, { teams: [team.team], organisation: team.organisation, now: at('2011-03-01 17:00') })).items.map(
        (item) => [item.link, item.link_until],
      );
    const until = '2011-03-01T20:51:00.000Z';
    expect(await projected(offered, links(north))).toEqual([[null, null]]);
    expect(await projected(linked, links(north))).toEqual([['working', until]]);
    expect(await projected([...linked, ended], links(north))).toEqual([['ended', until]]);
    expect(await projected([...linked, ...wrong], links(north))).toEqual([['locked', until]]);
    expect(await projected([...linked, ...wrong], links(brixham))).toEqual([[null, null]]);
    const declined = smith.answeredByLink('a', '2011-03-01 16:55', 'declined');
    expect(await projected([...linked, declined], links(north))).toEqual([[null, null]]);
  });

  it('empties when the offer is accepted or the person dies', async () => {
    const both = async (rows: Rows) => [...(await list(north)(rows)), ...(await list(brixham)(rows))];
    expect(await projected([...offered, smith.accepted('a', '2011-03-01 16:55')], both)).toEqual([]);
    expect(
      await projected([...offered, smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 16:55')], both),
    ).toEqual([]);
  });

  it('says that nobody is responsible, to the ward and to the team in the community (scenario 6)', async () => {
    const history = [
      ...smith.referred('2011-02-20 10:00'),
      smith.admitted('s', '2011-02-25 10:00'),
      smith.discharged('s', '2011-03-01 15:00', { expectedReceiver: harbourside, receiverProblem: 'teamClosed' }),
    ];
    expect(await projected(history, list(ward))).toEqual([['nobodyResponsible', smith.personId, 'receiverClosed']]);
    expect(await projected(history, list(north))).toEqual([['nobodyResponsible', smith.personId, 'receiverClosed']]);
  });

  it('shows a referral that nobody has taken to the service that was asked', async () => {
    const [made] = jones.referred('2011-03-01 08:00');
    expect(await projected([made!], list(north))).toEqual([['waitingForUs', jones.personId, 'referred']]);
  });

  it('keeps a declined referral at the top of a list until another service takes it', async () => {
    const [made] = jones.referred('2011-03-01 08:00');
    const declined = [made!, jones.said('ReferralDeclined', { team: north, reason: 'outOfArea' }, '2011-03-01 09:00')];
    const redirected = jones.said('ReferralRedirected', { from: north, to: reablement }, '2011-03-01 10:00');
    expect(await projected(declined, list(north))).toEqual([['nobodyResponsible', jones.personId, 'referralDeclined']]);
    expect(await projected([...declined, redirected], list(north))).toEqual([]);
    expect(await projected([...declined, redirected], list(reablement))).toEqual([
      ['waitingForUs', jones.personId, 'referred'],
    ]);
  });

  it('follows the order of the scenarios, and counts every group', async () => {
    const history: readonly Entry[] = [
      ...smith.referred('2011-02-28 10:00'),
      smith.offered('a', '2011-03-01 09:00'),
      ...jones.referred('2011-02-28 10:00'),
      jones.offered('a', '2011-03-01 09:00'),
      jones.declined('a', '2011-03-01 09:10'),
      ...brown.referred('2011-02-20 10:00'),
      brown.admitted('s', '2011-02-25 10:00'),
      brown.discharged('s', '2011-03-01 15:00', { expectedReceiver: harbourside, receiverProblem: 'teamClosed' }),
    ];
    await projected(history, async (rows) => {
      const found = await worklist(rows, {
        teams: [north.team],
        organisation: north.organisation,
        now: at('2011-03-01 17:30'),
      });
      expect(found.items.map(({ group }) => group)).toEqual(['nobodyResponsible', 'notActedOn', 'waitingForThem']);
      expect(found.groups).toEqual([
        { group: 'nobodyResponsible', count: 1 },
        { group: 'notActedOn', count: 1 },
        { group: 'waitingForUs', count: 0 },
        { group: 'waitingForThem', count: 1 },
        { group: 'leavingSoon', count: 0 },
      ]);
      const page = await worklist(rows, {
        teams: [],
        organisation: north.organisation,
        now: at('2011-03-01 17:30'),
        offset: 1,
        limit: 1,
      });
      expect([page.total, page.items.map(({ group }) => group)]).toEqual([3, ['notActedOn']]);
    });
  });

  it("picks out a key worker's own people and counts them, page by page", async () => {
    const people = [smith, jones, brown];
    const history = [
      ...people.flatMap((one) => [...one.referred('2011-02-28 10:00'), one.offered('a', '2011-03-01 09:00')]),
      jones.said('KeyWorkerNamed', { team: north, keyWorker: 'staff-other' }, '2011-03-01 08:00'),
    ];
    const request = { teams: [north.team], organisation: north.organisation, now: at('2011-03-01 09:05') };
    await projected(history, async (rows) => {
      const page = (offset: number, keyWorker = 'staff-key') =>
        worklist(rows, { ...request, keyWorker, group: 'waitingForThem', offset, limit: 1 });
      expect((await page(0)).groups.find(({ group }) => group === 'waitingForThem')).toMatchObject({ count: 2 });
      const mine = [...(await page(0)).items, ...(await page(1)).items].map((item) => item.person);
      expect(mine.toSorted()).toEqual([smith.personId, brown.personId].toSorted());
      expect(await page(2)).toMatchObject({ total: 2, items: [] });
      expect((await page(0, 'staff-other')).items).toMatchObject([{ person: jones.personId }]);
    });
  });

  it('is narrowed to an urgency, to a boundary, to what has waited longer, and counts those alone', async () => {
    const history = [
      ...smith.referred('2011-02-28 10:00'),
      smith.offered('a', '2011-03-01 09:00', { urgency: 'routine' }),
      ...jones.referred('2011-02-28 10:00'),
      jones.offered('a', '2011-03-01 10:00', { urgency: 'immediate', to: ward }),
    ];
    await projected(history, async (rows) => {
      const asked = { teams: [north.team], organisation: north.organisation, now: at('2011-03-01 10:05') };
      const whom = async (filter: object) => (await worklist(rows, { ...asked, ...filter })).items.map((item) => item.person);
      expect(await whom({ urgency: 'routine' })).toEqual([smith.personId]);
      expect(await whom({ boundary: 'community>secondary' })).toEqual([jones.personId]);
      expect(await whom({ waitingSince: at('2011-03-01 09:05') })).toEqual([smith.personId]);
      expect(await worklist(rows, { ...asked, urgency: 'routine' })).toMatchObject({ total: 1 });
      expect(await boundariesOnList(rows, asked)).toEqual(['community>secondary', 'community>socialCare']);
    });
  });

  it('knows the key workers of our people, and who is one in our organisation', async () => {
    const history = [
      ...smith.referred('2011-02-28 10:00'),
      ...jones.referred('2011-02-28 10:00'),
      jones.said('KeyWorkerNamed', { team: north, keyWorker: 'staff-other' }, '2011-03-01 08:00'),
    ];
    await projected(history, async (rows) => {
      expect(await keyWorkersOf(rows, [north.team])).toEqual(['staff-key', 'staff-other']);
      expect(await keyWorkersOf(rows, [ward.team])).toEqual([]);
      expect(await isKeyWorkerIn(rows, 'staff-other', north.organisation)).toBe(true);
      expect(await isKeyWorkerIn(rows, 'staff-other', brixham.organisation)).toBe(false);
      expect(await isKeyWorkerIn(rows, 'staff-nobody', north.organisation)).toBe(false);
    });
  });

  it('puts the more urgent first, then what is due first', async () => {
    const history = [
      ...smith.referred('2011-02-28 10:00'),
      smith.offered('a', '2011-03-01 09:00', { urgency: 'routine' }),
      ...jones.referred('2011-02-28 10:00'),
      jones.offered('a', '2011-03-01 10:00', { urgency: 'immediate' }),
      ...brown.referred('2011-02-28 10:00'),
      brown.offered('a', '2011-03-01 09:30', { urgency: 'immediate' }),
    ];
    const people = await projected(history, list(brixham));
    expect(people.map(([, who]) => who)).toEqual([brown.personId, jones.personId, smith.personId]);
  });
});

describe('Leaving hospital within 48 hours without an accepted receiver', () => {
  const inHospital = [...smith.referred('2011-02-20 10:00'), smith.admitted('s', '2011-02-25 10:00')];
  const forFriday = smith.offered('a', '2011-03-01 09:00', {
    from: ward,
    effect: 'atDischarge',
    expectedOn: '2011-03-04',
  });
  const leaving = (team: typeof ward | typeof north, now: string) => list(team, now, 'leavingSoon');

  it('is on the list of the ward and of the team in the community from two days before the day named', async () => {
    const history = [...inHospital, forFriday];
    expect(await projected(history, leaving(ward, '2011-03-01 23:59'))).toEqual([]);
    expect(await projected(history, leaving(ward, '2011-03-02 00:00'))).toEqual([
      ['leavingSoon', smith.personId, 'dayNamed'],
    ]);
    expect(await projected(history, leaving(north, '2011-03-02 00:00'))).toEqual([
      ['leavingSoon', smith.personId, 'dayNamed'],
    ]);
  });

  it('is there at once when the person is ready to leave', async () => {
    const ready = smith.lived(
      'ReadyForTransferDeclared',
      { stayId: smith.stay('s'), clinicalDecision: true, teamDecision: true, safeToTransfer: true },
      '2011-03-01 11:00',
    );
    expect(await projected([...inHospital, ready], leaving(ward, '2011-03-01 12:00'))).toEqual([
      ['leavingSoon', smith.personId, 'ready'],
    ]);
  });

  it('is gone once a receiver has accepted', async () => {
    const accepted = smith.accepted('a', '2011-03-01 10:00', {}, { effect: 'atDischarge', expectedOn: '2011-03-04' });
    expect(await projected([...inHospital, forFriday, accepted], leaving(ward, '2011-03-03 12:00'))).toEqual([]);
  });
});
