import { describe, expect, it } from '@jest/globals';
import { deriveId, personStream } from '#kernel';
import { correctEntry, markEntryInError } from '../entry/decide.js';
import { acceptHandoff } from '../handoff/answer.js';
import { needsAction } from '../handoff/state.js';
import { recordDeath } from '../person/decide.js';
import { movesFrom } from '../record/moves.js';
import { recordAdmission } from '../stay/decide.js';
import { admitted, handoffId, offered, ready, stayId } from '../testing/entries.js';
import { clock, offer } from '../testing/scenario.js';
import { entry, onOthers } from '../testing/story.js';
import { at, brixham, herJourney, mrsSmith, otherMrsSmith, othersJourney, ward, zone } from '../testing/torbay.js';
import { both, idOf, inTo, later, left, now, onOtherPerson, outOf, right } from '../testing/two-smiths.js';

describe('10. A hospital stay on the record of the wrong Mrs Smith', () => {
  const wrong = both.with(
    admitted(at('2011-03-01 11:00'), { by: ward }),
    ready(at('2011-03-02 10:00')),
    entry(
      'Discharged',
      { stayId, destination: 'usualResidence', expectedReceiver: brixham, journey: herJourney },
      at('2011-03-03 12:00'),
      { by: ward },
    ),
  );
  const out = wrong.when(outOf(wrong, 'ReadyForTransferDeclared')).then('EntriesMovedOut');
  const moved = right(out).when(inTo(out)).then('EntryMovedIn', 'EntryMovedIn', 'EntryMovedIn');

  it('goes whole: admission, readiness and discharge, from when they happened', () => {
    expect(left(moved).record.stays).toEqual([]);
    expect(right(moved).record.stays).toMatchObject([
      {
        admitted: { at: at('2011-03-01 11:00') },
        ready: [{ declared: { at: at('2011-03-02 10:00') } }],
        discharged: { at: at('2011-03-03 12:00'), expectedReceiver: brixham, journey: othersJourney },
      },
    ]);
  });

  it('changes who was responsible on both journeys', () => {
    const inside = at('2011-03-02 12:00');
    expect(wrong.responsible(inside)).toMatchObject({ team: ward });
    expect(left(moved).responsible(inside)).toMatchObject({ team: zone });
    expect(right(moved).responsible(inside)).toMatchObject({ team: ward });
  });

  it('on the way it counts on neither record, and both steps repeated change nothing', () => {
    expect([left(out).record.stays, right(out).record.stays]).toEqual([[], []]);
    left(moved).when(outOf(wrong, 'Admitted')).nothing();
    right(moved).when(inTo(out)).nothing();
  });

  it('the originals stay in the log, and the move names each', () => {
    const originals = wrong.log.filter(({ stream }) => stream === personStream(mrsSmith)).map(({ eventId }) => eventId);
    expect(left(moved).record.movedOut[0]?.entries).toEqual(originals);
    expect(moved.log.filter(({ eventId }) => originals.includes(eventId))).toHaveLength(3);
    expect(right(moved).record.movedIn.map((one) => one.entry)).toEqual(originals);
  });

  it('whoever moved it is known, and so still sees the journey on whose page it was found', () => {
    const byWard = { ...outOf(wrong, 'Admitted'), by: ward };
    const gone = wrong.when(byWard).then('EntriesMovedOut');
    expect(gone.responsible(now)).toMatchObject({ team: zone });
    expect(movesFrom(gone.record, gone.journey).map(({ by }) => by)).toEqual([ward.organisation]);
  });

  it('goes as it was put right', () => {
    const corrected = wrong
      .when({
        decide: correctEntry,
        command: {
          personId: mrsSmith,
          entry: idOf(wrong, 'Admitted'),
          reason: 'recordedWrongly' as const,
          happenedAt: at('2011-03-01 10:00'),
        },
        by: ward,
        now,
        own: true,
      })
      .then('EntryCorrected');
    const gone = corrected.when(outOf(corrected, 'Admitted')).then('EntriesMovedOut');
    const there = right(gone).when(inTo(gone)).goOn();
    expect(right(there).record.stays[0]?.admitted.at).toBe(at('2011-03-01 10:00'));
  });

  it('leaves only where it can arrive: not into another stay, and not after a death', () => {
    const own = entry(
      'Admitted',
      { stayId: deriveId('stay', 'her own'), method: '21', hospital: ward.organisation, ward },
      at('2011-03-02 18:00'),
      onOtherPerson,
    );
    const inHospital = left(right(wrong).with(own));
    inHospital.when(outOf(wrong, 'Admitted')).refused('already-in-hospital', 'take back the stay that is wrong');
    const dead = left(right(wrong).with(entry('PersonDied', { place: 'hospital' }, at('2011-03-02 09:00'))));
    dead.when(outOf(wrong, 'Admitted')).refused('person-died');
    // Somebody was quicker, between the two steps.
    right(right(out).with(own)).when(inTo(out)).refused('already-in-hospital');
  });

  it('does not go to the person who has it', () => {
    wrong.when(outOf(wrong, 'Admitted', { toPersonId: mrsSmith })).refused('same-person');
  });

  it('nothing else of a person moves so: not what they agreed to, and not who they are', () => {
    const agreed = wrong.with(
      entry('ConsentRecorded', { decision: 'given', scope: 'sector', sector: 'housing' }, at('2011-03-01 12:00')),
    );
    agreed.when(outOf(agreed, 'ConsentRecorded')).refused('entry-not-found');
  });

  it('that was moved to a third person by mistake is moved on, and nothing brings it back', () => {
    const on = right(moved).when({
      ...outOf(moved, 'EntryMovedIn'),
      command: {
        ...outOf(moved, 'EntryMovedIn').command,
        journeyId: othersJourney,
        personId: otherMrsSmith,
        toJourneyId: herJourney,
        toPersonId: mrsSmith,
      },
    });
    const movedOn = on.then('EntriesMovedOut');
    right(movedOn).when(inTo(out)).nothing();
    expect(right(movedOn).record.stays).toEqual([]);
  });

  it('that was moved here and is nobody’s is taken back, and nothing brings it again', () => {
    const back = right(moved)
      .when({
        decide: markEntryInError,
        command: { personId: otherMrsSmith, entry: idOf(moved, 'EntryMovedIn'), reason: 'recordedWrongly' as const },
        by: zone,
        now,
        own: true,
      })
      .then('EntryMarkedInError');
    expect(right(back).record.stays[0]?.discharged).toBeUndefined();
    right(back).when(inTo(out)).nothing();
  });

  it('once it has left, the wrong person is in no hospital: an admission of hers can be recorded', () => {
    const again = left(out).when({
      decide: recordAdmission,
      command: { method: '21' as const, hospital: ward.organisation },
      by: ward,
      now,
    });
    again.then('Admitted');
  });
});

describe('10. A death on the record of the wrong Mrs Smith', () => {
  const offers = left(
    right(both.with(offered(at('2011-03-01 10:00'), { to: brixham }))).with(
      offered(at('2011-03-01 10:05'), { to: brixham, name: 'the right offer', ...onOthers }),
    ),
  );
  const rightOffer = { journeyId: othersJourney, handoffId: handoffId('the right offer') };
  const wrong = offers
    .when({ decide: recordDeath, command: { place: 'usualResidence' as const }, by: zone, now: at('2011-03-01 10:20') })
    .then('PersonDied');
  const alive = { alive: true };
  const out = wrong.when(outOf(wrong, 'PersonDied', alive)).then('EntriesMovedOut');
  const moved = right(out).when(inTo(out)).then('EntryMovedIn');

  it('the wrong journey goes on only where somebody says that the person on it is alive, and by no program', () => {
    wrong.when(outOf(wrong, 'PersonDied')).refused('alive-not-said', 'say that the person on it is alive');
    wrong.when({ ...outOf(wrong, 'PersonDied', alive), by: 'system' }).refused('alive-not-said');
    expect(wrong.responsible(later).kind).toBe('ended');
    expect(left(moved).record.death).toBeUndefined();
    expect(left(moved).responsible(later)).toMatchObject({ kind: 'team', team: zone });
  });

  it('revives no offer silently: it stays stopped until somebody offers it again', () => {
    const stopped = left(moved).handoff(offer.handoffId);
    expect(stopped).toMatchObject({ status: 'stopped', stopped: { why: 'deathInError' } });
    expect(needsAction(stopped)).toBe(true);
    left(moved)
      .when({ decide: acceptHandoff, command: offer, by: brixham, now: later })
      .refused('handoff-stopped', 'North zone would have to offer it again');
  });

  it('the right journey’s open offers stop as a death recorded there would stop them', () => {
    const recordedThere = right(offers)
      .when({ decide: recordDeath, command: { place: 'usualResidence' as const }, by: zone, now: at('2011-03-01 10:20') })
      .then('PersonDied');
    const { eventId: _, recordedAt: __, ...same } = right(recordedThere).handoff(rightOffer.handoffId).stopped!;
    expect(right(moved).handoff(rightOffer.handoffId)).toMatchObject({ status: 'stopped', stopped: same });
    expect(same.at).toBe(at('2011-03-01 10:20'));
    right(moved)
      .when({ decide: acceptHandoff, command: rightOffer, by: brixham, now: later })
      .refused('person-died', 'do not contact');
    expect(right(moved).responsible(later)).toMatchObject({ kind: 'ended', why: 'died' });
  });

  it('both figures keep their offers', () => {
    expect(clock(left(moved), 'H2')?.outcome).toBe('stopped');
    expect(clock(right(moved), 'H2', rightOffer.handoffId)).toMatchObject({ outcome: 'stopped', to: at('2011-03-01 10:20') });
    expect(clock(right(offers), 'H2', rightOffer.handoffId)?.outcome).not.toBe('stopped');
  });

  it('does not go where a death is recorded already', () => {
    left(right(wrong).with(entry('PersonDied', { place: 'hospital' }, at('2011-03-02 09:00'))))
      .when(outOf(wrong, 'PersonDied', alive))
      .refused('died-already', 'take back the one that is wrong');
  });

  it('moving again changes nothing', () => {
    left(moved).when(outOf(wrong, 'PersonDied', alive)).nothing();
    right(moved).when(inTo(out)).nothing();
  });
});

describe('10. A death in hospital on the record of the wrong Mrs Smith', () => {
  const dying = both
    .with(admitted(at('2011-03-01 11:00')))
    .when({ decide: recordDeath, command: { place: 'hospital' as const }, by: ward, now: at('2011-03-02 04:00') })
    .then('Discharged', 'PersonDied');
  const other = entry(
    'Admitted',
    { stayId: deriveId('stay', 'her own'), method: '21', hospital: ward.organisation, ward },
    at('2011-02-27 18:00'),
    onOtherPerson,
  );

  it('moved alone, the stay of the one who lives goes on, and the stay of the one who died ends', () => {
    const wrong = left(right(dying).with(other));
    const out = wrong.when(outOf(dying, 'PersonDied', { alive: true })).then('EntryMarkedInError', 'EntriesMovedOut');
    expect(left(out).record.stays[0]?.discharged).toBeUndefined();
    expect(left(out).responsible(now)).toMatchObject({ team: ward });
    const moved = right(out).when(inTo(out)).then('Discharged', 'EntryMovedIn');
    expect(right(moved).record.stays).toMatchObject([
      { discharged: { at: at('2011-03-02 04:00'), destination: 'died' } },
    ]);
    expect(right(moved).record.unplaced).toEqual([]);
  });

  it('moved with the stay that it ended, both go', () => {
    dying.when(outOf(dying, 'Discharged')).refused('alive-not-said');
    const out = dying.when(outOf(dying, 'Discharged', { alive: true })).then('EntriesMovedOut');
    expect(left(out).record).toMatchObject({ stays: [] });
    expect(left(out).record.death).toBeUndefined();
    const moved = right(out).when(inTo(out)).then('EntryMovedIn', 'EntryMovedIn', 'EntryMovedIn');
    expect(right(moved).record.death).toMatchObject({ at: at('2011-03-02 04:00') });
    expect(right(moved).record.stays[0]?.discharged?.destination).toBe('died');
  });
});
