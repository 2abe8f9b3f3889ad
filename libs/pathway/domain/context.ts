import type { Actor, Instant, Precision, RecordedEvent, Sector } from '#kernel';
import type { ReactionRule, Urgency } from './codes.js';

/** A team as it stands at one moment. */
export interface TeamAt {
  readonly team: string;
  readonly name: string;
  readonly organisation: string;
  readonly sector: Sector;
  readonly telephone: string;
  readonly status: 'open' | 'closed' | 'notYetOpen';
  /** Where it is closed: who took its work over. */
  readonly successor?: string;
}

/** The rules of a pathway version, as far as decisions ask for them. */
export interface PathwayRules {
  readonly pathway: string;
  readonly version: number;
  readonly hash: string;
  /** Boundaries that a handoff of this pathway may cross, as `from>to`. */
  readonly boundaries: readonly string[];
  /** Codes of the criteria of eligibility, in their order. */
  readonly criteria: readonly string[];
}

/** What the world tells a decision. `decide` asks nothing else: no clock, no directory, no randomness of its own. */
export interface Context {
  readonly now: Instant;
  /** When the thing happened that the command tells of; `now` where it did not say. */
  readonly occurredAt: Instant;
  readonly precision: Precision;
  readonly actor: Actor;
  /** The team the actor speaks for, where the role has one. */
  readonly actorTeams: readonly string[];
  /**
   * Entries of the streams that the use case `reads`, decoded and as they were recorded, those in error too. Entries
   * of another person carry their free text sealed again for the person of the command.
   */
  readonly recorded: readonly RecordedEvent[];
  /** A new id, the same again for a repeat of the command. */
  newId(label: string): string;
  /** The team as it stood at that moment; undefined where the directory never knew it. */
  team(id: string, at: Instant): TeamAt | undefined;
  /** The version in force for new journeys at `occurredAt`, or the named one. */
  rules(pathway: string, version?: number): PathwayRules | undefined;
  /** Deadlines of an offer in the receiver's hours (DESIGN 6). */
  deadlines(offer: { from: Sector; to: Sector; urgency: Urgency; offeredAt: Instant; receiver: string }): {
    readonly acknowledgeBy: Instant;
    readonly acceptBy: Instant;
    readonly targetVersion: string;
  };
  /** Until when a link to answer an offer with works, and how many wrong codes lock it (ADR 0007). */
  linkLimits(link: { readonly issuedAt: Instant; readonly urgency: Urgency; readonly receiver: string }): {
    readonly until: Instant;
    readonly wrongCodes: number;
    readonly rule: string;
  };
  /**
   * When a rule is due whose time runs since that moment, in the opening hours that the rule names; undefined where the
   * rules of that day do not know it.
   */
  due(reaction: {
    rule: ReactionRule;
    since: Instant;
    urgency: Urgency;
    sender: string;
    receiver: string;
  }): Instant | undefined;
}
