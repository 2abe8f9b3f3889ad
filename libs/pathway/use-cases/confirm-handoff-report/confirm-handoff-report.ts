import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { confirmHandoffReport, type OnReport } from '../../domain/handoff/report/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class ConfirmHandoffReport extends Command implements OnReport {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.uuid('Event id of the report')
  report!: string;
}

export const confirmHandoffReportUseCase = pathwayUseCase<ConfirmHandoffReport>({
  name: 'confirm-handoff-report',
  command: ConfirmHandoffReport,
  summary: 'Confirm an answer that the other party reported.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffReportConfirmed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: confirmHandoffReport,
});
