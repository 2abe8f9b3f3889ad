import { Command, Field } from '#commands';
import { type Instant, journeyStream } from '#kernel';
import { contactModes } from '../../domain/codes.js';
import { recordContact, type RecordContact as Asked } from '../../domain/contact/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordContact extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.ref('Your team that saw the person; the responsible one where absent', { optional: true })
  team?: string;

  @Field.choice(contactModes, 'How')
  mode!: (typeof contactModes)[number];

  @Field.moment('When it ended', { optional: true })
  endedAt?: Instant;

  @Field.ref('Kind of contact, a code of the pathway', { optional: true })
  kind?: string;

  @Field.freeText('What was found or done', { optional: true })
  note?: string;
}

export const recordContactUseCase = pathwayUseCase<RecordContact>({
  name: 'record-contact',
  command: RecordContact,
  summary: 'Record that a professional saw or spoke to the person.',
  roles: ['coordinator', 'system'],
  emits: ['ContactRecorded'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: recordContact,
});
