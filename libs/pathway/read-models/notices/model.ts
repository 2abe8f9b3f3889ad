import type { ReadModel, Row, Table } from '#projections';
import { pathwayEvents } from '../../domain/events.js';
import { answeredBeforeEscalation } from '../../domain/handoff/clocks.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import { noticesOf, type Notice } from '../../domain/responsibility/notices.js';

/** What teams and duty managers are told: a row goes once it was read and is no longer so. */
export const notices = {
  name: 'notice',
  columns: {
    handoff: 'text',
    /** One of `noticeKinds`. */
    kind: 'text',
    /** `team`, or `dutyManager` of the team's organisation. */
    audience: 'text',
    team: 'text',
    organisation: 'text',
    journey: 'text',
    person: 'text',
    pilot: 'text',
    urgency: 'text',
    since: 'text',
    ring_team: 'text',
    ring_organisation: 'text',
    /** 1 while it is still so. */
    stands: 'integer',
    /** 1 where the answer came before the duty manager was told and was recorded after it (scenario 5). */
    answered_before: 'integer',
    /** Null until it was read. */
    read_at: 'text',
    synthetic: 'integer',
  },
  key: ['handoff', 'kind'],
  indexes: [
    ['audience', 'organisation', 'since'],
    ['journey', 'handoff'],
  ],
  history: 'latest',
} as const satisfies Table;

const rowOf = (record: PersonRecord, journey: Journey, notice: Notice): Row => ({
  handoff: notice.handoff.handoffId,
  kind: notice.kind,
  audience: notice.audience,
  team: notice.to.team,
  organisation: notice.to.organisation,
  journey: journey.journeyId,
  person: record.personId,
  pilot: journey.pilot ?? null,
  urgency: notice.handoff.urgency,
  since: notice.at,
  ring_team: notice.ring.team,
  ring_organisation: notice.ring.organisation,
  stands: notice.stands ? 1 : 0,
  answered_before: notice.audience === 'dutyManager' && answeredBeforeEscalation(notice.handoff) ? 1 : 0,
  read_at: notice.read?.at ?? null,
  synthetic: journey.synthetic ? 1 : 0,
});

/** The last of each kind: a cause is told once, but entries moved from another record may have told it before. */
const lastOfKind = (found: readonly Notice[]): readonly Notice[] => [
  ...new Map(found.map((notice) => [`${notice.handoff.handoffId} ${notice.kind}`, notice])).values(),
];

export const noticesModel: ReadModel<PersonRecord> = {
  name: 'notices',
  version: 1,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [notices],
  rows: (record) => ({
    notice: Object.values(record.journeys).flatMap((journey) =>
      lastOfKind(noticesOf(record, journey))
        .filter(({ read, stands }) => !read || stands)
        .map((notice) => rowOf(record, journey, notice)),
    ),
  }),
};
