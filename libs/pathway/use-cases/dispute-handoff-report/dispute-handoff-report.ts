import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { disputeHandoffReport, type DisputeHandoffReport as Asked } from '../../domain/handoff/report/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class DisputeHandoffReport extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.uuid('Event id of the report')
  report!: string;

  @Field.freeText('Your account', { optional: true })
  detail?: string;
}

export const disputeHandoffReportUseCase = pathwayUseCase<DisputeHandoffReport>({
  name: 'dispute-handoff-report',
  command: DisputeHandoffReport,
  summary: 'Deny an answer that the other party reported: both accounts stand, and the sender holds.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffReportDisputed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: disputeHandoffReport,
});
