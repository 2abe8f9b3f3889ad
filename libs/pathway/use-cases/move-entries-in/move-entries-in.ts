import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { moveEntriesIn, type MoveEntriesIn as Asked } from '../../domain/entry/move.js';
import { pathwayUseCase } from '../use-case.js';

export class MoveEntriesIn extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The person, where a referral that was moved begins the journey', { optional: true })
  personId?: string;

  @Field.uuid('The journey they come from')
  fromJourneyId!: string;

  @Field.uuid('Event id of the first step')
  movedOut!: string;
}

export const moveEntriesInUseCase = pathwayUseCase<MoveEntriesIn>({
  name: 'move-entries-in',
  command: MoveEntriesIn,
  summary: 'Move entries onto the right record, second step: they count here from when they occurred.',
  roles: ['coordinator', 'pilotLead', 'system'],
  emits: ['EntryMovedIn'],
  opens: true,
  stream: ({ journeyId }) => journeyStream(journeyId),
  reads: ({ fromJourneyId }) => [journeyStream(fromJourneyId)],
  decide: moveEntriesIn,
});
