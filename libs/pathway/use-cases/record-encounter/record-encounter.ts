import { Command, Field } from '#commands';
import { type Instant, personStream, sectors } from '#kernel';
import { admissionMethods, contactModes, dischargeDestinations } from '../../domain/codes.js';
import { recordEncounter, type RecordEncounter as Asked } from '../../domain/import/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordEncounter extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.uuid('Derived from the source record, so that a changed one is found')
  encounterId!: string;

  @Field.choice(['AMB', 'EMER', 'IMP'], 'Ambulatory, emergency or inpatient')
  class!: 'AMB' | 'EMER' | 'IMP';

  @Field.moment('When it ended', { optional: true })
  endedAt?: Instant;

  @Field.choice(sectors, 'Sector of an ambulatory contact; primary where absent', { optional: true })
  sector?: (typeof sectors)[number];

  @Field.choice(contactModes, 'How, where ambulatory', { optional: true })
  mode?: (typeof contactModes)[number];

  @Field.ref('Kind of contact, a code of the source', { optional: true })
  kind?: string;

  @Field.choice(admissionMethods, 'Admission method, where inpatient; not known where absent', { optional: true })
  method?: (typeof admissionMethods)[number];

  @Field.ref('Hospital, where inpatient', { optional: true })
  hospital?: string;

  @Field.choice(dischargeDestinations, 'Where to, where inpatient and ended', { optional: true })
  destination?: (typeof dischargeDestinations)[number];
}

export const recordEncounterUseCase = pathwayUseCase<RecordEncounter>({
  name: 'record-encounter',
  command: RecordEncounter,
  summary: 'Take in a contact, an attendance or a stay that another system tells of.',
  roles: ['system'],
  emits: ['ContactRecorded', 'EmergencyAttended', 'Admitted', 'Discharged', 'EntryCorrected'],
  stream: ({ personId }) => personStream(personId),
  reads: ({ personId }) => [personStream(personId)],
  decide: recordEncounter,
});
