/** A team's full list, and everybody else's: open journeys on the day before the demo opens. */
import { deriveId, londonInstant, type Instant } from '#kernel';
import { teamAsOf } from '#pilots';
import { BulkRun, wasTaken } from '../../server/bulk.js';
import type { Engine } from '../../server/engine.js';
import { ONE_IN } from './worklist.js';

export const OUR_TEAM = 'torbay-north-zone';
const BRIXHAM = 'brixham-home-care-team';
const OTHERS = ['torbay-south-zone', 'paignton-north-zone', 'paignton-south-zone', 'brixham-zone'] as const;
const DAY = '2011-02-28';
const LATER = '2011-12-31';
const SOURCE = 'bench:worklist';

const contents = {
  asked: 'Personal care twice a day.', urgency: 'urgent', effect: 'now', risks: 'noneKnown', safeguarding: 'noneKnown',
  agreement: 'agreed', sharing: 'directCareConsent',
};

/**
 * Of ours three in ten wait for Brixham and one in ten was declined; of the next team's one in five asks us. One in five
 * of ours waits for something that was ordered, half of it late by the day on which the pages are drawn.
 */
export async function openJourneys(engine: Engine, journeys: number): Promise<number> {
  const run = new BulkRun(engine);
  const send = async (team: string, key: readonly (string | number)[], at: Instant, command: string, body: object) => {
    const { organisation, sector, pilot } = teamAsOf(team, DAY)!;
    const commandId = deriveId(SOURCE, ...key, command);
    const outcome = await run.send({
      commandId, command, body: { ...body }, at, source: SOURCE, purpose: 'simulation', teams: [team],
      actor: { staff: `staff-${team}`, role: 'coordinator', organisation, sector, pilot },
    });
    if (!wasTaken(outcome)) throw new Error(`${command} was refused: ${outcome.detail}`);
    return commandId;
  };
  let ours = 0;
  for (let i = 0; i < journeys; i++) {
    const isOurs = i % ONE_IN === 0;
    const team = isOurs ? OUR_TEAM : OTHERS[i % OTHERS.length]!;
    // In the order of the day: half of it passes while they are referred, half while they are offered.
    const at = londonInstant(DAY, '08:00').replace('T08', `T${String(8 + Math.floor((i / journeys) * 8)).padStart(2, '0')}`);
    const born = `${1900 + (i % 40)}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
    const identity = { givenName: `Given${i}`, familyName: `Family${i}`, birthDate: born };
    const personId = deriveId('person', await send(team, [i], at, 'register-person', identity));
    const referral = { personId, pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Help.' };
    const taken = await send(team, [i], at, 'take-referral', { ...referral, to: team, accept: true });
    const journeyId = deriveId('journey', taken);
    if (isOurs) ours++;
    const nth = Math.floor(i / ONE_IN);
    if (isOurs && nth % 5 === 4) {
      const order = { journeyId, kind: 'equipment', what: 'A commode.', supplier: 'Bay Equipment, 01632 960177' };
      await send(team, [i], at, 'place-order', { ...order, promisedOn: nth % 10 === 4 ? DAY : LATER });
    }
    const to = isOurs && nth % 10 < 4 ? BRIXHAM : i % ONE_IN === 1 && nth % 5 === 0 ? OUR_TEAM : undefined;
    if (to === undefined) continue;
    const offer = await send(team, [i], at, 'offer-handoff', { journeyId, to, ...contents });
    const about = { journeyId, handoffId: deriveId('handoff', offer) };
    if (isOurs && nth % 10 === 3) await send(BRIXHAM, [i], at, 'decline-handoff', { ...about, reason: 'noCapacity' });
  }
  await run.flush();
  return ours;
}
