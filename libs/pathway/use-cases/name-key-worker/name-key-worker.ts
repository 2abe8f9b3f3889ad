import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { nameKeyWorker, type NameKeyWorker as Asked } from '../../domain/referral/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class NameKeyWorker extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.ref('Pseudonymous staff id')
  keyWorker!: string;
}

export const nameKeyWorkerUseCase = pathwayUseCase<NameKeyWorker>({
  name: 'name-key-worker',
  command: NameKeyWorker,
  summary: 'Name the key worker of the responsible team.',
  roles: ['coordinator', 'system'],
  emits: ['KeyWorkerNamed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: nameKeyWorker,
});
