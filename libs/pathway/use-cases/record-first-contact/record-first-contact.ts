import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { contactModes } from '../../domain/codes.js';
import { recordFirstContact, type RecordFirstContact as Asked } from '../../domain/handoff/answer.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordFirstContact extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(contactModes, 'How')
  mode!: (typeof contactModes)[number];
}

export const recordFirstContactUseCase = pathwayUseCase<RecordFirstContact>({
  name: 'record-first-contact',
  command: RecordFirstContact,
  summary: "Record the receiver's first contact after accepting.",
  roles: ['coordinator', 'system'],
  emits: ['FirstContactRecorded'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: recordFirstContact,
});
