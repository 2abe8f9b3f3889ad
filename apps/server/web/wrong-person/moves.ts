import { Inject, Injectable } from '@nestjs/common';
import { deriveId } from '#kernel';
import { Commands } from '../forms/send.js';
import type { PageRequest } from '../visitor.js';

export interface MoveOut {
  readonly fromJourney: string;
  /** Where the entry is the person's own, a stay or a death: whose record it is on. */
  readonly fromPerson: string | undefined;
  readonly entry: string;
  /** Where a death goes: that the person who stays is alive. */
  readonly alive: boolean;
  readonly toPerson: string;
  /** Undefined where the referral itself moves: it begins a journey. */
  readonly toJourney: string | undefined;
  readonly detail: string | undefined;
  /** Of the form: sent twice, both steps happen once. */
  readonly formId: string;
}

/** Of the first step, as a form makes it. */
export const moveOutId = (formId: string): string => deriveId('move-out', formId);

/** A move that is half done, as the first step says. */
export interface MoveIn {
  readonly move: string;
  readonly fromJourney: string;
  readonly toJourney: string;
  readonly toPerson: string;
  readonly fromPerson: string | undefined;
}

/**
 * The wrong-person move: out of one record, into the other. No transaction spans two streams, so it is two commands
 * whose ids follow from the form; whatever happens between them, the form or the page of the move finishes it.
 */
@Injectable()
export class Moves {
  constructor(@Inject(Commands) private readonly commands: Commands) {}

  /** Both steps. @returns the first step's event. @throws Problem, Refused */
  async move(request: PageRequest, asked: MoveOut) {
    const { fromJourney, fromPerson, entry, alive, toPerson, toJourney, detail, formId } = asked;
    const commandId = moveOutId(formId);
    const to = toJourney ?? deriveId('journey', commandId);
    const out = await this.commands.send(request, {
      use: 'move-entries-out',
      body: {
        journeyId: fromJourney,
        entry,
        toJourneyId: to,
        toPersonId: toPerson,
        reason: 'wrongPerson',
        ...(fromPerson !== undefined && { personId: fromPerson }),
        ...(alive && { alive }),
        ...(detail !== undefined && { detail }),
      },
      commandId,
    });
    const move = out.events.find(({ type }) => type === 'EntriesMovedOut')?.eventId;
    if (move !== undefined) await this.finish(request, { move, fromJourney, fromPerson, toJourney: to, toPerson });
    return move;
  }

  /** The second step; where it was made already, nothing happens. @throws Problem, Refused */
  async finish(request: PageRequest, { move, fromJourney, fromPerson, toJourney, toPerson }: MoveIn): Promise<void> {
    await this.commands.send(request, {
      use: 'move-entries-in',
      body: {
        journeyId: toJourney,
        personId: toPerson,
        fromJourneyId: fromJourney,
        movedOut: move,
        ...(fromPerson !== undefined && { fromPersonId: fromPerson }),
      },
      commandId: deriveId('move-in', move),
    });
  }
}
