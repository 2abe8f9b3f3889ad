import { mayAsk, type EmergencyAccess, type Principal } from '#access';
import { effectiveHistory, type Instant, type RecordedEvent } from '#kernel';
import { pathwayRegistry, type Journey, type PersonRecord } from '#pathway';
import type { Erased, Identity } from '#people';
import type { Freshness } from '#projections';
import { isId } from '../../api/headers.js';
import { findJourney } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import { accessBy, type Shows } from '../pages.js';
import { notFound, type PageRequest } from '../visitor.js';
import type { Part } from './part.js';

/** A journey as one visitor may see it, folded from the streams when the page is drawn: it never lags. */
export interface Subject {
  readonly record: PersonRecord;
  readonly journey: Journey;
  /** As they were recorded, of the journey and of the person; in order of arrival. */
  readonly entries: readonly RecordedEvent[];
  /** The same with corrections in place, by event id; entries in error are not in it. */
  readonly effective: ReadonlyMap<string, RecordedEvent>;
  readonly part: Exclude<Part, { kind: 'none' }>;
  /** Where it is shown only because of an emergency: it is read, and nothing is changed. */
  readonly emergency?: EmergencyAccess;
  /** Undefined where this visitor is not to see who it is. */
  readonly identity: Identity | Erased | undefined;
  readonly principal: Principal;
  readonly now: Instant;
  readonly shows: Shows;
  readonly freshness: Freshness;
  /** Free text in the clear, or why there is none. */
  read(sealed: string | undefined): string | undefined;
}

/** Loads journeys for pages. */
export class Subjects {
  constructor(private readonly engine: Engine) {}

  /**
   * @param inEmergency for which part of their own the page looks for an emergency access besides; forms look for none,
   * so that nothing is changed under one
   * @throws Problem not-found, also where it is not theirs to see: that is written down first
   */
  async load(
    request: PageRequest,
    journeyId: string,
    inEmergency: (own: Part) => boolean = () => false,
  ): Promise<Subject> {
    if (!isId(journeyId)) throw notFound();
    const { principal } = request.visitor.session;
    const found = await findJourney(this.engine, principal, journeyId);
    if (!found) throw notFound();
    const { record, journey, entries, asAt: now } = found;
    const { personId } = record;
    const emergency =
      found.part.kind !== 'whole' && inEmergency(found.part) ? await this.inForce(principal, journeyId) : undefined;
    const part: Part = emergency ? { kind: 'whole', identified: true } : found.part;
    if (part.kind === 'none') {
      await this.engine.accessLog.refused({
        ...accessBy(request),
        code: 'not-yours',
        journey: journeyId,
        people: [personId],
      });
      throw notFound();
    }
    const identified = part.kind === 'offers' || part.identified;
    const last = entries.at(-1)!;
    const open = identified ? await this.engine.vault.opening([personId]) : undefined;
    return {
      record,
      journey,
      entries,
      part,
      ...(emergency && { emergency }),
      principal,
      now,
      effective: new Map(effectiveHistory(entries, pathwayRegistry).map((event) => [event.eventId, event])),
      identity: identified ? await this.engine.vault.identity(personId) : undefined,
      shows: {
        people: [personId],
        journey: journeyId,
        identified,
        ...(emergency && { emergency: emergency.access }),
        served: { readModel: 'person-record', version: 1, ordinal: last.ordinal, position: last.position },
      },
      freshness: {
        position: last.position,
        ordinal: last.ordinal,
        asOf: last.recordedAt,
        eventsBehind: 0,
        status: 'live',
        incomplete: 0,
      },
      read(sealed) {
        if (sealed === undefined) return undefined;
        if (!open) return 'Not shown to your role';
        const text = open(personId, sealed);
        return typeof text === 'string' ? text : 'Erased';
      },
    };
  }

  private async inForce({ actor }: Principal, journeyId: string): Promise<EmergencyAccess | undefined> {
    if (!mayAsk(actor, 'openInEmergency').allowed) return undefined;
    return this.engine.emergencies.inForce(actor.staff, journeyId, this.engine.realClock.now());
  }
}
