import { Command, Field } from '#commands';
import { journeyStream, personStream } from '#kernel';
import { correctionReasons } from '../../domain/codes.js';
import { markEntryInError, type MarkEntryInError as Asked } from '../../domain/entry/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class MarkEntryInError extends Command implements Asked {
  @Field.uuid('The journey whose entry it is', { optional: true })
  journeyId?: string;

  @Field.uuid('The person, where the entry is on no journey, such as a stay or a death', { optional: true })
  personId?: string;

  @Field.uuid('Event id of the entry')
  entry!: string;

  @Field.choice(correctionReasons, 'Why')
  reason!: (typeof correctionReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;
}

/** An entry is on a journey, or else on the person's own stream. */
const streamOf = ({ journeyId, personId }: MarkEntryInError): string =>
  journeyId === undefined ? personStream(personId ?? 'not-said') : journeyStream(journeyId);

export const markEntryInErrorUseCase = pathwayUseCase<MarkEntryInError>({
  name: 'mark-entry-in-error',
  command: MarkEntryInError,
  summary: 'Take back an entry that should never have been made; it stays for the auditor.',
  roles: ['coordinator', 'pilotLead', 'system'],
  emits: ['EntryMarkedInError'],
  stream: streamOf,
  reads: (command) => [streamOf(command)],
  decide: markEntryInError,
});
