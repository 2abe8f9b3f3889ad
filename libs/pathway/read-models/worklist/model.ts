import { addDays, boundary, earliest, londonInstant } from '#kernel';
import type { ReadModel, Row, Table } from '#projections';
import { linkStanding } from '../../domain/answer-link/state.js';
import { urgencies } from '../../domain/codes.js';
import { pathwayEvents } from '../../domain/events.js';
import { accountBehind, isDisputed, isOpen, needsAction, type Handoff } from '../../domain/handoff/state.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import { isAlarmed } from '../../domain/responsibility/responsibility.js';
import { openStay, standingOf, type StandingNow } from '../standing.js';
import { worklistGroups, type Item } from './item.js';
import { orderItems } from './orders.js';

const inOrder = ['grp', 'urgency_rank', 'due', 'item'] as const;
const narrowing = ['visible_from', 'visible_until', 'journey', 'since', 'boundary', 'kind', 'state'] as const;

/**
 * What waits for a team now: rows come and go with the work, so the table stays as small as the work is, however
 * long the log grows.
 */
export const worklistItems = {
  name: 'worklist_item',
  columns: {
    /** Place of the group in `worklistGroups`. */
    grp: 'integer',
    /** Whose list it is on. */
    team: 'text',
    organisation: 'text',
    /** The handoff, or the journey itself. */
    item: 'text',
    kind: 'text',
    journey: 'text',
    person: 'text',
    pilot: 'text',
    urgency: 'text',
    /** Place of the urgency in `urgencies`. */
    urgency_rank: 'integer',
    /** Since when it has waited. */
    since: 'text',
    /** Until when it should be dealt with; `since` where there is no deadline. */
    due: 'text',
    /** On the list only from then on; empty for always. */
    visible_from: 'text',
    /** No longer from then on, with no event between: a promise runs out by itself. */
    visible_until: 'text',
    /** A handoff's status; why nobody holds; `ready` or `dayNamed` for a discharge; how an order stands. */
    state: 'text',
    reason: 'text',
    /** Of a handoff. */
    boundary: 'text',
    /** Where it was declined and that is not confirmed: how sure it is who said so. */
    declined_as: 'text',
    /** Of the last link to answer with, while an answer is waited for: `working`, `locked`, `ended`, `moved`. */
    link: 'text',
    /** When a working one ends by itself. */
    link_until: 'text',
    other_team: 'text',
    other_organisation: 'text',
    /** Of an order; its words are ciphertext, as in the event. */
    order_kind: 'text',
    what: 'text',
    supplier: 'text',
    synthetic: 'integer',
  },
  key: ['grp', 'team', 'item'],
  // All that finds, counts and orders is in the index: of a long list only the page that is shown is read.
  indexes: [
    ['team', 'organisation', ...inOrder, ...narrowing],
    ['organisation', ...inOrder, ...narrowing],
  ],
  history: 'latest',
} as const satisfies Table;

/** The sender's alone. That its time is over is told when the list is read. */
function linkOf(handoff: Handoff): Pick<Item, 'link' | 'linkStanding'> {
  const link = handoff.links.at(-1);
  return link ? { link, linkStanding: linkStanding(handoff, link, link.issued.at) } : {};
}

function handoffItems(handoff: Handoff): readonly Item[] {
  const { handoffId, from, to, urgency, status, offered, acknowledged, lapsed, declined, stopped } = handoff;
  const crosses = boundary(from.sector, to.sector);
  const common = { item: handoffId, kind: 'handoff', urgency, state: status, boundary: crosses } as const;
  if (needsAction(handoff)) {
    const since = (declined ?? lapsed ?? stopped ?? offered).at;
    const reason = status === 'declined' ? declined?.reason : stopped?.why;
    const declinedAs = accountBehind(handoff, declined)?.strength;
    const item = { ...common, ...from, group: 'notActedOn', since, other: to } as const;
    return [{ ...item, ...(declinedAs && { declinedAs }), ...(reason && { reason }) }];
  }
  // Two accounts stand and the sender holds: on both lists until it is settled (scenario 9).
  if (isDisputed(handoff)) {
    const since = handoff.dispute!.raised.at;
    return [
      { ...common, ...from, group: 'notActedOn', since, other: to },
      { ...common, ...to, group: 'waitingForUs', since, other: from },
    ];
  }
  if (!isOpen(handoff)) return [];
  const waiting = { ...common, since: offered.at, due: acknowledged ? handoff.acceptBy : handoff.acknowledgeBy };
  return [
    { ...waiting, ...to, group: 'waitingForUs', other: from },
    { ...waiting, ...from, group: 'waitingForThem', other: to, ...linkOf(handoff) },
  ];
}

/** A referral that nobody has taken yet waits for the service that was asked. */
function referralItems({ journeyId, referral, closed }: Journey): readonly Item[] {
  if (referral?.status !== 'made' || closed) return [];
  const { to, urgency, made, redirects, referredBy } = referral;
  const since = redirects.at(-1)?.at ?? made.at;
  return [
    {
      ...to,
      group: 'waitingForUs',
      item: journeyId,
      kind: 'referral',
      urgency,
      since,
      state: 'referred',
      other: referredBy,
    },
  ];
}

/** On the list of whoever held last and of whom it would return to; where nobody ever held, of whoever asked. */
function alarmItems({ journeyId, referral }: Journey, { responsible }: StandingNow): readonly Item[] {
  if (!referral || responsible?.kind !== 'nobody' || !isAlarmed(responsible)) return [];
  // It waits for an answer already, and stands in that group.
  if (responsible.why === 'referralNotTaken') return [];
  const { lastHeldBy, returnsTo, since, why } = responsible;
  const held = [lastHeldBy, returnsTo].filter((team) => team !== undefined);
  const concerned = held.length > 0 ? held : [referral.referredBy ?? referral.to];
  return [...new Map(concerned.map((team) => [team.team, team])).values()].map((team) => ({
    ...team,
    group: 'nobodyResponsible',
    item: journeyId,
    kind: 'journey',
    urgency: referral.urgency,
    since,
    state: why,
  }));
}

const TWO_DAYS = 2;

/**
 * In hospital, ready to leave or with a day of discharge named in an offer, and no receiver has accepted: on the list
 * of the ward, and of the team in the community that the person returns to, from two days before.
 */
function leavingItems(
  record: PersonRecord,
  { journeyId, referral, handoffs }: Journey,
  { responsible }: StandingNow,
): readonly Item[] {
  const stay = openStay(record);
  if (!stay || !referral || responsible?.kind !== 'team') return [];
  const ofStay = handoffs.filter(
    ({ offered, asked }) => asked.effect === 'atDischarge' && offered.at >= stay.admitted.at,
  );
  if (ofStay.some(({ status }) => status === 'accepted')) return [];
  const spell = stay.ready.at(-1);
  const ready = spell && !spell.withdrawn ? spell.declared.at : undefined;
  const days = ofStay
    .flatMap(({ status, asked }) => (status !== 'withdrawn' && asked.expectedOn ? [asked.expectedOn] : []))
    .sort();
  const named = days[0] === undefined ? undefined : londonInstant(addDays(days[0], -TWO_DAYS));
  if (ready === undefined && named === undefined) return [];
  const { team, returnsTo } = responsible;
  return [team, ...(returnsTo && returnsTo.team !== team.team ? [returnsTo] : [])].map((holder) => ({
    ...holder,
    group: 'leavingSoon',
    item: journeyId,
    kind: 'journey',
    urgency: referral.urgency,
    since: ready ?? stay.admitted.at,
    ...(days[0] !== undefined && { due: londonInstant(days[0]) }),
    visibleFrom: ready === undefined ? named! : named === undefined ? ready : earliest(ready, named),
    state: ready === undefined ? 'dayNamed' : 'ready',
    other: holder === team ? returnsTo : team,
  }));
}

function itemsOf(record: PersonRecord, journey: Journey): readonly Item[] {
  const standing = standingOf(record, journey);
  const orders = orderItems(record, journey, standing);
  if (standing.responsible?.kind === 'ended') return orders;
  return [
    ...alarmItems(journey, standing),
    ...referralItems(journey),
    ...journey.handoffs.flatMap(handoffItems),
    ...leavingItems(record, journey, standing),
    ...orders,
  ];
}

/** After every moment that is written as an instant. */
const ALWAYS = '9999';

const rowOf = (record: PersonRecord, journey: Journey, item: Item): Row => ({
  grp: worklistGroups.indexOf(item.group),
  team: item.team,
  organisation: item.organisation,
  item: item.item,
  kind: item.kind,
  journey: journey.journeyId,
  person: record.personId,
  pilot: journey.pilot ?? null,
  urgency: item.urgency,
  urgency_rank: urgencies.indexOf(item.urgency),
  since: item.since,
  due: item.due ?? item.since,
  visible_from: item.visibleFrom ?? '',
  visible_until: item.visibleUntil ?? ALWAYS,
  state: item.state,
  reason: item.reason ?? null,
  boundary: item.boundary ?? null,
  declined_as: item.declinedAs ?? null,
  link: item.linkStanding ?? null,
  link_until: item.link?.until ?? null,
  other_team: item.other?.team ?? null,
  other_organisation: item.other?.organisation ?? null,
  order_kind: item.order?.kind ?? null,
  what: item.order?.what ?? null,
  supplier: item.order?.supplier ?? null,
  synthetic: journey.synthetic ? 1 : 0,
});

export const worklistModel: ReadModel<PersonRecord> = {
  name: 'worklist',
  version: 6,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [worklistItems],
  rows: (record) => ({
    worklist_item: Object.values(record.journeys).flatMap((journey) =>
      itemsOf(record, journey).map((item) => rowOf(record, journey, item)),
    ),
  }),
};
