import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { noticeKinds, type NoticeKind } from '../../domain/codes.js';
import { readHandoffNotice, type ReadHandoffNotice as Asked } from '../../domain/responsibility/read-notice.js';
import { pathwayUseCase } from '../use-case.js';

export class ReadHandoffNotice extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(noticeKinds, 'The notice')
  notice!: NoticeKind;
}

export const readHandoffNoticeUseCase = pathwayUseCase<ReadHandoffNotice>({
  name: 'read-handoff-notice',
  command: ReadHandoffNotice,
  summary: 'Say that a notice was read by somebody whom it was for.',
  roles: ['coordinator', 'dutyManager', 'system'],
  emits: ['HandoffNoticeRead'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: readHandoffNotice,
});
