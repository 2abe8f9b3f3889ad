import { Command, Field } from '#commands';
import { journeyStream, personStream } from '#kernel';
import { correctionReasons } from '../../domain/codes.js';
import { moveEntriesOut, type MoveEntriesOut as Asked } from '../../domain/entry/move.js';
import { pathwayUseCase } from '../use-case.js';

export class MoveEntriesOut extends Command implements Asked {
  @Field.uuid('The journey they are on, or on whose page they were found')
  journeyId!: string;

  @Field.uuid('The person, where the entry is their own and on no journey, such as a stay or a death', { optional: true })
  personId?: string;

  @Field.uuid('The handover, with everything answered to it', { optional: true })
  handoffId?: string;

  @Field.uuid('Event id of an entry; what hangs on it goes along', { optional: true })
  entry?: string;

  @Field.uuid('The journey it belongs to')
  toJourneyId!: string;

  @Field.uuid('The person it belongs to')
  toPersonId!: string;

  @Field.flag('Where a death goes: somebody made sure that the person who stays is alive', { optional: true })
  alive?: boolean;

  @Field.choice(correctionReasons, 'Why')
  reason!: (typeof correctionReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;
}

/** A stay and a death are asked first whether they can arrive; the person of a handover may be known by no journey yet. */
const readsOf = ({ journeyId, personId, toPersonId }: MoveEntriesOut): readonly string[] =>
  personId === undefined ? [journeyStream(journeyId)] : [personStream(personId), personStream(toPersonId)];

export const moveEntriesOutUseCase = pathwayUseCase<MoveEntriesOut>({
  name: 'move-entries-out',
  command: MoveEntriesOut,
  summary: 'Move a handover, a stay, a death or another entry off the wrong record, first step: it stops counting here.',
  roles: ['coordinator', 'pilotLead', 'system'],
  emits: ['EntriesMovedOut', 'EntryMarkedInError'],
  stream: ({ journeyId, personId }) => (personId === undefined ? journeyStream(journeyId) : personStream(personId)),
  reads: readsOf,
  decide: moveEntriesOut,
});
