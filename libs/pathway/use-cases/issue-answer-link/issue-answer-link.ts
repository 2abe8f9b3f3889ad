import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { issueAnswerLink } from '../../domain/answer-link/decide.js';
import type { OnHandoff } from '../../domain/handoff/policies.js';
import { pathwayUseCase } from '../use-case.js';

export class IssueAnswerLink extends Command implements OnHandoff {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;
}

export const issueAnswerLinkUseCase = pathwayUseCase<IssueAnswerLink>({
  name: 'issue-answer-link',
  command: IssueAnswerLink,
  summary:
    'Make a one-use link for somebody without an account to answer an offer with. The answer carries its address and the code to be read out by telephone; a repeat under the same key is the only way to be told them again.',
  roles: ['coordinator'],
  emits: ['AnswerLinkIssued'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: issueAnswerLink,
});
