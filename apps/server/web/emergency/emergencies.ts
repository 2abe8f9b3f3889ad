import {
  emergencyRuleAt,
  isInForce,
  limitsOf,
  type EmergencyAccess,
  type EmergencyReason,
  type ReviewOutcome,
} from '#access';
import { civilDate, deriveId } from '#kernel';
import { PersonErasedError, UnknownPersonError } from '#people';
import { findJourney } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { accessBy } from '../pages.js';
import { teamsToTell } from '../record/part.js';
import { notFound, type PageRequest } from '../visitor.js';

interface Said<Code> {
  /** Made when the form was shown: sent twice, it happens once. */
  readonly formId: string;
  readonly code: Code;
  readonly words?: string | undefined;
}

/** What is done about emergency access. All of it goes to the access log, and is durable when these return. */
export class Emergencies {
  constructor(private readonly engine: Engine) {}

  /**
   * Opens a journey for whoever asks; theirs already, nothing is written. Nothing but the log of care and the access
   * log is asked: nobody is refused because a list lags (FACTS 6, H9).
   *
   * @throws Problem not-found
   */
  async open(request: PageRequest, journeyId: string, { formId, code, words }: Said<EmergencyReason>): Promise<void> {
    const { principal } = request.visitor.session;
    const found = await findJourney(this.engine, principal, journeyId);
    if (!found) throw notFound();
    const { record, journey, part, asAt } = found;
    const access = deriveId('emergency-access', formId, principal.actor.staff);
    if (part.kind === 'whole' || (await this.engine.emergencies.one(access))) return;
    const now = this.engine.realClock.now();
    const told = teamsToTell(record, journey, asAt).map(({ team, organisation }) => ({ team, organisation }));
    await this.write(request, {
      type: 'EmergencyAccessOpened',
      data: {
        ...about(request, { access, journey: journeyId, person: record.personId }),
        ...(journey.pilot !== undefined && { pilot: journey.pilot }),
        reason: code,
        ...(await this.sealed(record.personId, words)),
        ...limitsOf(emergencyRuleAt(civilDate(now)), now),
        told,
      },
    });
  }

  /** Ended twice, it ends once. */
  async end(request: PageRequest, access: EmergencyAccess): Promise<void> {
    if (!isInForce(access, this.engine.realClock.now())) return;
    await this.write(request, { type: 'EmergencyAccessEnded', data: about(request, access) });
  }

  async review(request: PageRequest, access: EmergencyAccess, { code, words }: Omit<Said<ReviewOutcome>, 'formId'>) {
    const data = { ...about(request, access), outcome: code, ...(await this.sealed(access.person, words)) };
    await this.engine.accessLog.emergency(accessBy(request), { type: 'EmergencyAccessReviewed', data });
  }

  private write(request: PageRequest, event: Parameters<Engine['accessLog']['emergency']>[1]): Promise<void> {
    return this.engine.accessLog.emergency({ ...accessBy(request), purpose: 'emergency' }, event);
  }

  /** Where the key of the person was destroyed no words can be kept; that is no reason to refuse. */
  private async sealed(person: string, words: string | undefined): Promise<{ words?: string }> {
    if (words === undefined) return {};
    try {
      return { words: await this.engine.vault.seal(person, words) };
    } catch (error) {
      if (error instanceof PersonErasedError || error instanceof UnknownPersonError) return {};
      throw error;
    }
  }
}

const about = (
  request: PageRequest,
  { access, journey, person }: Pick<EmergencyAccess, 'access' | 'journey' | 'person'>,
) => ({ page: accessBy(request).page, access, journey, people: [person] });
