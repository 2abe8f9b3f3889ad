import { handoffClocks, type HandoffClockName } from '../handoff/clocks.js';
import { accepted, admitted, atDischarge, handoffId, offered, ready, referralTaken } from './entries.js';
import { given, type Story } from './story.js';
import { at, brixham, herJourney, ward } from './torbay.js';

export const offer = { journeyId: herJourney, handoffId: handoffId('the offer') };

/** A clock of a handoff, the offer's where no other is named. */
export const clock = (story: Story, name: HandoffClockName, id = offer.handoffId) =>
  handoffClocks(story.record, story.journey, story.handoff(id)).find((reading) => reading.clock === name);

/** What the clock shows, in minutes. */
export const minutesOf = (story: Story, name: HandoffClockName, id = offer.handoffId): number | undefined => {
  const elapsed = clock(story, name, id)?.elapsed;
  return elapsed === undefined ? undefined : elapsed / 60_000;
};

/** Brixham accepted for Friday's discharge. */
export const acceptedForFriday = given(
  ...referralTaken(at('2011-02-20 09:00')),
  admitted(at('2011-02-25 11:00')),
  ready(at('2011-03-02 10:00')),
  offered(at('2011-03-02 10:30'), { from: ward, to: brixham, asked: atDischarge('2011-03-04') }),
  accepted(at('2011-03-02 11:00'), brixham, atDischarge('2011-03-04')),
);
