import { expect } from '@jest/globals';
import {
  deriveId,
  fixedClock,
  idOfStream,
  isRefusal,
  journeyStream,
  personStream,
  type Decision,
  type DomainEvent,
  type Instant,
  type Precision,
  type RecordedEvent,
  type Refusal,
} from '#kernel';
import type { Context } from '../context.js';
import type { PathwayEventType } from '../events.js';
import type { Team } from '../fields.js';
import type { DataOf } from '../record/event.js';
import { pathwayRegistry, recordOf } from '../record/fold.js';
import type { Handoff } from '../handoff/state.js';
import { handoffOf } from '../handoff/change.js';
import type { Journey, PersonRecord } from '../record/state.js';
import { responsibleAt } from '../responsibility/responsibility.js';
import type { Responsible } from '../responsibility/state.js';
import { actorOf, boundaries, directory, due, herJourney, hubTargets, linkLimits, mrsSmith, othersJourney } from './torbay.js';

/** Somebody asks for something at a moment, for their team. */
export interface Asked<C> {
  readonly decide: (command: C, record: PersonRecord, context: Context) => Decision;
  readonly command: C;
  readonly by: Team | 'system';
  readonly now: Instant;
  /** Where it happened earlier than it is written down. */
  readonly happened?: Instant;
  readonly precision?: Precision;
  /** Where entries about entries go to the person's own stream. */
  readonly own?: true;
}

/** An entry that is in the log already. */
export interface Entry {
  readonly type: PathwayEventType;
  readonly data: object;
  readonly at: Instant;
  readonly recorded?: Instant;
  readonly precision?: Precision;
  readonly stream?: string;
  readonly by?: Team;
}

export const entry = <T extends PathwayEventType>(
  type: T,
  data: DataOf<T>,
  when: Instant,
  more: Omit<Entry, 'type' | 'data' | 'at'> = {},
): Entry => ({ type, data, at: when, ...more });

const ofPerson = new Set<string>([
  'PersonRegistered',
  'PersonDied',
  'Admitted',
  'Transferred',
  'ReadyForTransferDeclared',
  'ReadinessWithdrawn',
  'Discharged',
  'EmergencyAttended',
  'ConsentRecorded',
]);

const personOf = (stream: string, otherwise: string): string =>
  stream === journeyStream(herJourney) ? mrsSmith : stream.startsWith('person-') ? idOfStream(stream) : otherwise;

/** A log of entries, and what follows from it. Every step gives a new story. */
export class Story {
  constructor(
    readonly log: readonly RecordedEvent[],
    readonly person: string = mrsSmith,
    private readonly journeyId: string = herJourney,
  ) {}

  /** The same log, looked at from another person's record. */
  about(person: string, journeyId: string): Story {
    return new Story(this.log, person, journeyId);
  }

  get record(): PersonRecord {
    return recordOf(
      this.person,
      this.log.filter((event) => event.person === this.person),
    );
  }

  get journey(): Journey {
    return this.record.journeys[this.journeyId]!;
  }

  handoff(handoffId: string): Handoff {
    return handoffOf(this.journey, handoffId)!;
  }

  responsible(when: Instant): Responsible {
    return responsibleAt(this.record, this.journeyId, when);
  }

  with(...entries: readonly Entry[]): Story {
    return entries.reduce((story, { type, data, at, recorded = at, precision = 'minute', by, ...more }) => {
      const stream = more.stream ?? (ofPerson.has(type) ? personStream(this.person) : journeyStream(this.journeyId));
      return story.append(stream, [{ type, data, occurredAt: at, precision }], recorded, by);
    }, this as Story);
  }

  when<C extends object>(asked: Asked<C>): Outcome {
    const { command, by, now, precision = 'minute' } = asked;
    const context: Context = {
      now: fixedClock(now).now(),
      occurredAt: asked.happened ?? now,
      precision,
      actor:
        by === 'system'
          ? actorOf({ team: 'system', organisation: 'throughcare', sector: 'community' }, 'system')
          : actorOf(by),
      actorTeams: by === 'system' ? [] : [by.team],
      recorded: this.log,
      newId: (label) => deriveId(label, `${this.log.length}`),
      team: directory,
      rules: (pathway, version = 1) =>
        pathway === 'torbay-older-people' && version <= 2
          ? {
              pathway,
              version,
              hash: `${version}`.repeat(64),
              boundaries,
              criteria: ['minimumAge', 'livesIn', 'agrees'],
            }
          : undefined,
      deadlines: ({ offeredAt }) => hubTargets(offeredAt),
      linkLimits,
      due,
    };
    const decision = asked.decide(command, this.record, context);
    for (const { type, data } of isRefusal(decision) ? [] : decision)
      expect(pathwayRegistry.problems(type, data)).toEqual([]);
    return new Outcome(this, decision, context, { by: by === 'system' ? undefined : by, own: asked.own });
  }

  append(stream: string, events: readonly DomainEvent[], recordedAt: Instant, by?: Team): Story {
    const start = this.log.filter((known) => known.stream === stream).length;
    const added = events.map(({ type, data, occurredAt = recordedAt, precision = 'minute' }, i): RecordedEvent => ({
      eventId: deriveId('event', this.log.length + i),
      type,
      schemaVersion: 1,
      person: personOf(stream, this.person),
      pilot: 'torbay',
      occurredAt,
      precision,
      recordedAt,
      actor: actorOf(
        by ?? { team: 'system', organisation: 'throughcare', sector: 'community' },
        by ? 'coordinator' : 'system',
      ),
      purpose: 'directCare',
      commandId: deriveId('command', this.log.length),
      commandHash: 'hash',
      correlationId: deriveId('command', this.log.length),
      source: 'test',
      synthetic: true,
      data,
      stream,
      revision: start + i,
      position: `${this.log.length + i}`,
      ordinal: this.log.length + i + 1,
    }));
    return new Story([...this.log, ...added], this.person, this.journeyId);
  }

  stream(): string {
    return journeyStream(this.journeyId);
  }
}

/** What was decided. Each check gives the story that goes on from there. */
export class Outcome {
  constructor(
    private readonly before: Story,
    readonly decision: Decision,
    private readonly context: Context,
    private readonly said: { readonly by: Team | undefined; readonly own: true | undefined },
  ) {}

  /** Exactly events of these types, in this order. */
  then(...types: readonly PathwayEventType[]): Story {
    expect(isRefusal(this.decision) ? this.decision : this.decision.map(({ type }) => type)).toEqual(types);
    return this.goOn();
  }

  /** The story with whatever was decided. */
  goOn(): Story {
    return this.events.reduce((story, event) => {
      const isOwn = this.said.own ?? ofPerson.has(event.type);
      const stream = isOwn ? personStream(this.before.person) : this.before.stream();
      const { occurredAt = this.context.occurredAt, precision = this.context.precision } = event;
      return story.append(stream, [{ ...event, occurredAt, precision }], this.context.now, this.said.by);
    }, this.before);
  }

  /** Refused, in words that contain `saying`; the story stays as it was. */
  refused(code: string, saying = '', about?: Refusal['about']): Story {
    expect(this.decision).toMatchObject({
      refused: true,
      code,
      detail: expect.stringContaining(saying),
      ...(about && { about }),
    });
    return this.before;
  }

  /** Not refused, and nothing new to write. */
  nothing(): Story {
    expect(this.decision).toEqual([]);
    return this.before;
  }

  get events(): readonly DomainEvent[] {
    return isRefusal(this.decision) ? [] : this.decision;
  }
}

export const given = (...entries: readonly Entry[]): Story => new Story([]).with(...entries);

/** The other Mrs Smith's journey, for entries that went to the wrong record. */
export const onOthers = { stream: journeyStream(othersJourney) } as const;
