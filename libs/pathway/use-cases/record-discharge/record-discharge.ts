import { Command, Field } from '#commands';
import { personStream } from '#kernel';
import { dischargeDestinations } from '../../domain/codes.js';
import { recordDischarge, type RecordDischarge as Asked } from '../../domain/stay/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordDischarge extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.uuid('The hospital stay')
  stayId!: string;

  @Field.choice(dischargeDestinations, 'Where to')
  destination!: (typeof dischargeDestinations)[number];

  @Field.ref('The team that the ward meant to receive the person', { optional: true })
  expectedReceiver?: string;

  @Field.uuid('The journey that this team was meant for; every journey where absent', { optional: true })
  journeyId?: string;
}

export const recordDischargeUseCase = pathwayUseCase<RecordDischarge>({
  name: 'record-discharge',
  command: RecordDischarge,
  summary: 'Record that the person left hospital, and who was meant to receive them.',
  roles: ['coordinator', 'system'],
  emits: ['Discharged', 'PersonDied'],
  stream: ({ personId }) => personStream(personId),
  decide: recordDischarge,
});
