import type { ReadModel, Row, Table } from '#projections';
import { pathwayEvents } from '../../domain/events.js';
import { reactionsTo, type Reaction } from '../../domain/handoff/reactions.js';
import type { Handoff } from '../../domain/handoff/state.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';

/**
 * What the engine will do by itself if nobody does anything: rows go as soon as somebody does. When each is due depends
 * on rules and opening hours, which rows never read (DESIGN 6): they hold since when its time runs.
 */
export const deadlines = {
  name: 'deadline',
  columns: {
    handoff: 'text',
    /** One of `reactionRules`. */
    rule: 'text',
    since: 'text',
    urgency: 'text',
    from_team: 'text',
    to_team: 'text',
    journey: 'text',
    /** Event id of the offer, of what ended it, or of the answer that nobody confirms. */
    because: 'text',
  },
  key: ['handoff', 'rule'],
  indexes: [['since']],
  history: 'latest',
} as const satisfies Table;

const rowOf = ({ journeyId }: Journey, handoff: Handoff, { rule, since, because }: Reaction): Row => ({
  handoff: handoff.handoffId,
  rule,
  since,
  urgency: handoff.urgency,
  from_team: handoff.from.team,
  to_team: handoff.to.team,
  journey: journeyId,
  because,
});

export const deadlinesModel: ReadModel<PersonRecord> = {
  name: 'deadlines',
  version: 2,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [deadlines],
  rows: ({ journeys }) => ({
    deadline: Object.values(journeys).flatMap((journey) =>
      journey.handoffs.flatMap((handoff) => reactionsTo(handoff).map((reaction) => rowOf(journey, handoff, reaction))),
    ),
  }),
};
