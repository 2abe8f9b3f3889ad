import { Command, Field } from '#commands';
import { type Instant, journeyStream, personStream } from '#kernel';
import { correctionReasons } from '../../domain/codes.js';
import { correctEntry, type CorrectEntry as Asked } from '../../domain/entry/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class CorrectEntry extends Command implements Asked {
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

  @Field.moment('When it really happened', { optional: true })
  happenedAt?: Instant;

  @Field.payload('Coded fields that were wrong, as they should be', { optional: true })
  fields?: Record<string, unknown>;

  @Field.freeTexts('Free text that was wrong, as it should be', { optional: true })
  words?: Record<string, string>;
}

/** An entry is on a journey, or else on the person's own stream. */
const streamOf = ({ journeyId, personId }: CorrectEntry): string =>
  journeyId === undefined ? personStream(personId ?? 'not-said') : journeyStream(journeyId);

export const correctEntryUseCase = pathwayUseCase<CorrectEntry>({
  name: 'correct-entry',
  command: CorrectEntry,
  summary: 'Put an entry right; the original stays for the auditor.',
  roles: ['coordinator', 'pilotLead', 'system'],
  emits: ['EntryCorrected'],
  stream: streamOf,
  reads: (command) => [streamOf(command)],
  decide: correctEntry,
});
