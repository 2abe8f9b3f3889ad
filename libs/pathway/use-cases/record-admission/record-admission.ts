import { Command, Field } from '#commands';
import { personStream } from '#kernel';
import { admissionMethods } from '../../domain/codes.js';
import { recordAdmission, type RecordAdmission as Asked } from '../../domain/stay/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordAdmission extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.choice(admissionMethods, 'Admission method, NHS Data Dictionary code')
  method!: (typeof admissionMethods)[number];

  @Field.ref('Hospital')
  hospital!: string;

  @Field.ref('The ward, where the directory knows it', { optional: true })
  ward?: string;
}

export const recordAdmissionUseCase = pathwayUseCase<RecordAdmission>({
  name: 'record-admission',
  command: RecordAdmission,
  summary: 'Record an admission; the hospital holds while the person stays.',
  roles: ['coordinator', 'system'],
  emits: ['Admitted'],
  stream: ({ personId }) => personStream(personId),
  decide: recordAdmission,
});
