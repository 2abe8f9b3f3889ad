import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { enterAnswerLinkCode, type EnterAnswerLinkCode as Asked } from '../../domain/answer-link/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class EnterAnswerLinkCode extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.uuid('The link')
  link!: string;

  @Field.flag('Whether the code was right')
  isRight!: boolean;
}

export const enterAnswerLinkCodeUseCase = pathwayUseCase<EnterAnswerLinkCode>({
  name: 'enter-answer-link-code',
  command: EnterAnswerLinkCode,
  summary: 'Record that whoever has a link gave a code, right or wrong.',
  roles: ['linkHolder'],
  emits: ['AnswerLinkCodeRefused', 'AnswerLinkOpened'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: enterAnswerLinkCode,
});
