import { Command, Field } from '#commands';
import { personStream, sectors, type Sector } from '#kernel';
import { consentDecisions, consentScopes } from '../../domain/codes.js';
import { recordConsent, type RecordConsent as Asked } from '../../domain/consent/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordConsent extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.choice(consentDecisions, 'What they said')
  decision!: (typeof consentDecisions)[number];

  @Field.choice(consentScopes, 'With whom')
  scope!: (typeof consentScopes)[number];

  @Field.choice(sectors, 'The sector, where scope is sector', { optional: true })
  sector?: Sector;

  @Field.ref('The organisation, where scope is organisation', { optional: true })
  organisation?: string;

  @Field.freeText('What they said, in their words', { optional: true })
  note?: string;
}

export const recordConsentUseCase = pathwayUseCase<RecordConsent>({
  name: 'record-consent',
  command: RecordConsent,
  summary: 'Record with whom the person lets their record be shared, refuses it, or lets it no longer.',
  roles: ['coordinator', 'system'],
  emits: ['ConsentRecorded'],
  stream: ({ personId }) => personStream(personId),
  decide: recordConsent,
});
