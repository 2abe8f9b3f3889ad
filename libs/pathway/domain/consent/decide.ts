import { refuse, type Decision, type Sector } from '#kernel';
import type { consentDecisions, consentScopes } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { happenedByNow, personIsAlive, unless, type Case, type Policy } from '../policies.js';
import type { PersonRecord } from '../record/state.js';

export interface RecordConsent {
  readonly decision: (typeof consentDecisions)[number];
  readonly scope: (typeof consentScopes)[number];
  readonly sector?: Sector;
  readonly organisation?: string;
  /** Ciphertext. */
  readonly note?: string;
}

interface ConsentCase extends Case {
  readonly command: RecordConsent;
}

/** A sector belongs to the scope of a sector, an organisation to that of an organisation. */
const scopeIsWhole: Policy<ConsentCase> = ({ command: { scope, sector, organisation } }) =>
  (scope === 'sector') !== (sector !== undefined) || (scope === 'organisation') !== (organisation !== undefined)
    ? refuse('consent-scope-incomplete', 'Say with whom: everyone, one sector, or one organisation.')
    : undefined;

/** Repeated in the same words it is written down once; what the record says already is nothing new. */
export const recordConsent = (command: RecordConsent, record: PersonRecord, context: Context): Decision =>
  unless({ record, context, command }, [happenedByNow, personIsAlive, scopeIsWhole], () => {
    const { decision, scope, sector, organisation, note } = command;
    const last = record.consents.findLast(
      (known) => known.scope === scope && known.sector === sector && known.organisation === organisation,
    );
    return last?.decision === decision && last.at <= context.occurredAt && note === undefined
      ? []
      : [happened('ConsentRecorded', { decision, scope, ...given({ sector, organisation, note }) })];
  });
