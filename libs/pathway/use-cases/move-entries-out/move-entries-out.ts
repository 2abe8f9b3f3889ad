import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { correctionReasons } from '../../domain/codes.js';
import { moveEntriesOut, type MoveEntriesOut as Asked } from '../../domain/entry/move.js';
import { pathwayUseCase } from '../use-case.js';

export class MoveEntriesOut extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover, with everything answered to it', { optional: true })
  handoffId?: string;

  @Field.uuid('Event id of an entry; what hangs on it goes along', { optional: true })
  entry?: string;

  @Field.uuid('The journey it belongs to')
  toJourneyId!: string;

  @Field.uuid('The person it belongs to')
  toPersonId!: string;

  @Field.choice(correctionReasons, 'Why')
  reason!: (typeof correctionReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;
}

export const moveEntriesOutUseCase = pathwayUseCase<MoveEntriesOut>({
  name: 'move-entries-out',
  command: MoveEntriesOut,
  summary: 'Move a handover or an entry off the wrong record, first step: it stops counting here.',
  roles: ['coordinator', 'pilotLead', 'system'],
  emits: ['EntriesMovedOut'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  reads: ({ journeyId }) => [journeyStream(journeyId)],
  decide: moveEntriesOut,
});
