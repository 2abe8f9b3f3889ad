import { Command, Field } from '#commands';
import { journeyStream, personStream } from '#kernel';
import { moveEntriesIn, type MoveEntriesIn as Asked } from '../../domain/entry/move.js';
import { pathwayUseCase } from '../use-case.js';

export class MoveEntriesIn extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The person they belong to: where a referral that was moved begins the journey, and for what is the person’s own', {
    optional: true,
  })
  personId?: string;

  @Field.uuid('The journey they come from')
  fromJourneyId!: string;

  @Field.uuid('Where it is the person’s own, such as a stay or a death: on whose record it was', { optional: true })
  fromPersonId?: string;

  @Field.uuid('Event id of the first step')
  movedOut!: string;
}

export const moveEntriesInUseCase = pathwayUseCase<MoveEntriesIn>({
  name: 'move-entries-in',
  command: MoveEntriesIn,
  summary: 'Move entries onto the right record, second step: they count here from when they occurred.',
  roles: ['coordinator', 'pilotLead', 'system'],
  emits: ['EntryMovedIn', 'Discharged'],
  opens: true,
  stream: ({ journeyId, personId, fromPersonId }) =>
    fromPersonId === undefined ? journeyStream(journeyId) : personStream(personId ?? 'not-said'),
  reads: ({ fromJourneyId, fromPersonId }) => [
    fromPersonId === undefined ? journeyStream(fromJourneyId) : personStream(fromPersonId),
  ],
  decide: moveEntriesIn,
});
