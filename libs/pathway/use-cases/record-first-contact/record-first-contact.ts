import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { asDescribed, contactModes, missingFromHandover } from '../../domain/codes.js';
import { recordFirstContact, type RecordFirstContact as Asked } from '../../domain/handoff/answer.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordFirstContact extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(contactModes, 'How')
  mode!: (typeof contactModes)[number];

  @Field.choice(asDescribed, 'Whether the person was as the handover described', { optional: true })
  asDescribed?: (typeof asDescribed)[number];

  @Field.choice(missingFromHandover, 'What was missing most, where the person was not as described', { optional: true })
  missing?: (typeof missingFromHandover)[number];

  @Field.freeText('What was missing, in words', { optional: true })
  missingDetail?: string;
}

export const recordFirstContactUseCase = pathwayUseCase<RecordFirstContact>({
  name: 'record-first-contact',
  command: RecordFirstContact,
  summary: "Record the receiver's first contact after accepting, and whether the handover was right.",
  roles: ['coordinator', 'system'],
  emits: ['FirstContactRecorded'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: recordFirstContact,
});
