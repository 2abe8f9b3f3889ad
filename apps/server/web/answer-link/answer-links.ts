import type { AccessBy } from '#access';
import type { CommandAnswer } from '#commands';
import { deriveId } from '#kernel';
import { linkStanding, recordOf, type AnswerLink, type Handoff, type LinkStanding } from '#pathway';
import type { Erased, Identity } from '#people';
import type { FastifyRequest } from 'fastify';
import { readJourney, type Found } from '../../api/journey.js';
import type { Engine } from '../../engine.js';
import type { Commands } from '../forms/send.js';

/** An offer as whoever has the link may see it: what an offer carries, and nothing else of the journey. */
export interface Held extends Omit<Found, 'part' | 'entries' | 'revision'> {
  readonly handoff: Handoff;
  readonly link: AnswerLink;
  readonly standing: LinkStanding;
  readonly identity: Identity | Erased | undefined;
  /** Of the log: what was shown. */
  readonly last: Found['entries'][number];
  read(sealed: string | undefined): string | undefined;
}

/** Links as they are opened: folded from the stream that their token names, so none waits for a list to catch up. */
export class AnswerLinks {
  constructor(
    private readonly engine: Engine,
    private readonly commands: Commands,
  ) {}

  /** Undefined where nobody made such a link. */
  async find(token: string): Promise<Held | undefined> {
    const journeyId = this.engine.linkSecrets.journeyIn(token);
    const found = journeyId === undefined ? undefined : await readJourney(this.engine, journeyId);
    if (!found) return undefined;
    for (const handoff of found.journey.handoffs) {
      const link = handoff.links.find((made) => this.engine.linkSecrets.isToken(token, journeyId!, made.link));
      if (link) return this.held(found, handoff, link);
    }
    return this.movedAway(token, found);
  }

  /** Its handover was put on another record: whoever has the link reads that it has ended, and whom to ring. */
  private async movedAway(token: string, found: Omit<Found, 'part'>): Promise<Held | undefined> {
    const { journeyId, movedOut } = found.journey;
    const made = found.entries.find(
      ({ type, data }) =>
        type === 'AnswerLinkIssued' &&
        this.engine.linkSecrets.isToken(token, journeyId, (data as { readonly link: string }).link),
    );
    const move = made && movedOut.find(({ entries }) => entries.includes(made.eventId));
    if (!move) return undefined;
    const entries = found.entries.slice(0, found.entries.findIndex(({ eventId }) => eventId === move.eventId));
    const record = recordOf(found.record.personId, entries);
    const journey = record.journeys[journeyId]!;
    for (const handoff of journey.handoffs) {
      const link = handoff.links.find(({ issued }) => issued.eventId === made.eventId);
      if (link) return { ...(await this.held({ ...found, record, journey }, handoff, link)), standing: 'moved' };
    }
    return undefined;
  }

  isCode({ journey, link }: Held, code: string): boolean {
    return this.engine.linkSecrets.isCode(code, journey.journeyId, link.link);
  }

  /** Whether this form followed the right code. */
  isOpened({ journey, link }: Held, formToken: string): boolean {
    return this.engine.linkSecrets.isFormToken(formToken, journey.journeyId, link.link);
  }

  formToken({ journey, link }: Held): string {
    return this.engine.linkSecrets.formToken(journey.journeyId, link.link);
  }

  /** Right or wrong, it is written down before anybody is told. @throws Problem, Refused */
  enterCode(request: FastifyRequest, held: Held, isRight: boolean, commandId: string): Promise<CommandAnswer> {
    return this.send(request, held, { use: 'enter-answer-link-code', more: { isRight }, commandId });
  }

  /**
   * One link, one command: whatever else is sent through it, at the same moment or after a crash, is this answer again
   * or is refused. @throws Problem `key-reused` where another answer was given; Refused
   */
  answer(request: FastifyRequest, held: Held, answers: object): Promise<CommandAnswer> {
    const commandId = deriveId('answer by link', held.link.link);
    return this.send(request, held, { use: 'answer-by-link', more: answers, commandId });
  }

  /** Durable before it is shown (DESIGN 7). */
  viewed(request: FastifyRequest, held: Held): Promise<void> {
    const { record, journey, handoff, link, last } = held;
    return this.engine.accessLog.viewed({
      ...this.by(request, held),
      people: [record.personId],
      journey: journey.journeyId,
      shown: 'identified',
      served: { readModel: 'person-record', version: 1, ordinal: last.ordinal, position: last.position },
      answerLink: { link: link.link, issuedBy: link.issued.staff, team: handoff.to.team },
    });
  }

  private send(
    request: FastifyRequest,
    held: Held,
    { use, more, commandId }: { readonly use: string; readonly more: object; readonly commandId: string },
  ): Promise<CommandAnswer> {
    const { journey, handoff, link } = held;
    const body = { journeyId: journey.journeyId, handoffId: handoff.handoffId, link: link.link, ...more };
    const { actor } = this.by(request, held);
    return this.commands.sendAs({ actor, teams: [handoff.to.team] }, request.id, { use, body, commandId });
  }

  /** Nobody is known to have the link: the link itself acts, for the team that it was made for. */
  private by({ id, routeOptions }: FastifyRequest, { journey, handoff: { to }, link }: Held): AccessBy {
    return {
      actor: {
        staff: `link-${link.link}`,
        role: 'linkHolder',
        organisation: to.organisation,
        sector: to.sector,
        ...(journey.pilot !== undefined && { pilot: journey.pilot }),
      },
      purpose: 'directCare',
      page: routeOptions.url ?? '/answer',
      correlationId: id,
      source: 'web',
    };
  }

  private async held(
    { record, journey, asAt, entries }: Omit<Found, 'part'>,
    handoff: Handoff,
    link: AnswerLink,
  ): Promise<Held> {
    const { vault } = this.engine;
    const open = await vault.opening([record.personId]);
    return {
      record,
      journey,
      asAt,
      handoff,
      link,
      standing: linkStanding(handoff, link, asAt),
      identity: await vault.identity(record.personId),
      last: entries.at(-1)!,
      read(sealed) {
        if (sealed === undefined) return undefined;
        const text = open(record.personId, sealed);
        return typeof text === 'string' ? text : 'Erased';
      },
    };
  }
}
