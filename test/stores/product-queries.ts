/** Every query of the product's readers, asked as its pages ask it: about whom a history tells, and about nobody. */
import { addDays, civilDate, type Instant } from '#kernel';
import { answerFigures, coverage, dashboard, metricDefinitions, type MetricRequest } from '#metrics';
import {
  acceptedLatelyFrom,
  boundariesOnList,
  careOfJourney,
  careOfPerson,
  changesSince,
  deadlinesSince,
  definitionsPublished,
  handoffRow,
  handoffsOfJourney,
  heldByClosedTeams,
  hospitalNow,
  isKeyWorkerIn,
  journeyCounts,
  journeyParts,
  journeyRow,
  journeysByIds,
  journeysOfPeople,
  journeysOfPerson,
  journeysOfPilot,
  journeyStatuses,
  keyWorkersOf,
  movesUnderWayBy,
  movesUnderWayOf,
  namesOfPilot,
  nextDeadlineAfter,
  nobodyResponsible,
  noticesFor,
  openHandoffsOf,
  pilotNamesOn,
  planCoverage,
  registeredPilots,
  staysInHospital,
  staysOfPerson,
  unreadJourneys,
  waitingByBoundary,
  worklist,
  worklistGroups,
  type Scope,
} from '#pathway';
import { incompleteSubjects, type Rows } from '#projections';

/** Whom and what to ask about. */
export interface About {
  readonly now: Instant;
  readonly pilots: readonly string[];
  readonly teams: readonly { readonly team: string; readonly organisation: string }[];
  readonly people: readonly string[];
  readonly journeys: readonly string[];
  readonly handoffs: readonly string[];
  readonly keyWorkers: readonly string[];
  /** Ordinals at which figures are asked for as they were known. */
  readonly known: readonly number[];
}

export type Query = readonly [name: string, ask: (rows: Rows) => Promise<unknown>];

/** A few of each, the same in every store. */
export async function aboutIn(rows: Rows, now: Instant): Promise<About> {
  const some = async (sql: string, most: number): Promise<readonly string[]> => {
    const found = await rows.all<{ id: string }>(sql);
    const step = Math.max(1, Math.floor(found.length / most));
    return found.filter((_, i) => i % step === 0).slice(0, most).map(({ id }) => id);
  };
  const { ordinal } = (await rows.get<{ ordinal: number }>('SELECT ordinal FROM checkpoint'))!;
  const moving = 'SELECT DISTINCT to_person AS id FROM moved_out ORDER BY to_person';
  const leaving = 'SELECT DISTINCT from_journey AS id FROM moved_out ORDER BY from_journey';
  return {
    now,
    pilots: ['torbay', 'norfolk', 'no-such-pilot'],
    teams: await rows.all('SELECT DISTINCT team, organisation FROM worklist_item ORDER BY team, organisation'),
    people: [...(await some('SELECT DISTINCT person AS id FROM journey ORDER BY person', 12)), ...(await some(moving, 1)), 'nobody'],
    journeys: [...(await some('SELECT journey AS id FROM journey ORDER BY journey', 12)), ...(await some(leaving, 1)), 'no-journey'],
    handoffs: await some('SELECT handoff AS id FROM handoff ORDER BY handoff', 12),
    keyWorkers: await some('SELECT DISTINCT key_worker AS id FROM journey WHERE key_worker IS NOT NULL ORDER BY key_worker', 3),
    known: [Math.floor(ordinal / 3), ordinal],
  };
}

const entries = <K, V>(map: ReadonlyMap<K, V>): readonly (readonly [K, V])[] =>
  [...map].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

export function queriesAbout(about: About): readonly Query[] {
  return [...ofLists(about), ...ofRecords(about), ...ofProgramme(about), ...ofFigures(about)];
}

function* ofLists({ now, teams, keyWorkers, journeys, people }: About): Generator<Query> {
  const tomorrow = `${addDays(civilDate(now), 1)}T00:00:00.000Z`;
  for (const { team, organisation } of teams) {
    const list = { teams: [team], organisation, now };
    yield [`the worklist of ${team}`, (rows) => worklist(rows, list)];
    yield [`its second page`, (rows) => worklist(rows, { ...list, offset: 3, limit: 3 })];
    for (const group of worklistGroups) yield [`${group} of ${team}`, (rows) => worklist(rows, { ...list, group })];
    yield [`boundaries on the list of ${team}`, (rows) => boundariesOnList(rows, list)];
    yield [`what is new for ${team}`, (rows) => changesSince(rows, { ...list, since: '2009-01-01T00:00:00.000Z', most: 20 })];
    yield [`who accepted lately of ${team}`, (rows) => acceptedLatelyFrom(rows, team)];
    yield [`key workers of ${team}`, (rows) => keyWorkersOf(rows, [team, 'no-team'])];
    yield [`whom nobody is open for while that is so of ${team}`, (rows) =>
      heldByClosedTeams(rows, { teams: [team], organisation, closed: [team], at: now, limit: 5 })];
    for (const role of ['coordinator', 'dutyManager'] as const)
      yield [`notices to the ${role} of ${team}`, (rows) => noticesFor(rows, { role, organisation }, [team], now)];
  }
  const [first] = teams;
  const whole = { teams: [], organisation: first!.organisation, now };
  yield ['the worklist of an organisation', (rows) => worklist(rows, whole)];
  yield ['what is urgent on it', (rows) => worklist(rows, { ...whole, urgency: 'immediate' })];
  yield ['orders on it', (rows) => worklist(rows, { ...whole, kind: 'order', orders: ['promised', 'late', 'notCome'] })];
  yield ['what crosses a boundary', (rows) => worklist(rows, { ...whole, boundary: 'community>socialCare' })];
  yield ['what has waited long and is due', (rows) => worklist(rows, { ...whole, waitingSince: now, dueBefore: tomorrow })];
  for (const keyWorker of keyWorkers) {
    yield [`the list of ${keyWorker}`, (rows) => worklist(rows, { ...whole, keyWorker })];
    for (const { organisation } of teams)
      yield [`whether somebody works in ${organisation} as ${keyWorker}`, (rows) => isKeyWorkerIn(rows, keyWorker, organisation)];
  }
  yield ['offers that wait', (rows) => openHandoffsOf(rows, journeys)];
  yield ['journeys by id', async (rows) => entries(await journeysByIds(rows, journeys))];
  yield ['journeys of people', async (rows) => entries(await journeysOfPeople(rows, people, { kind: 'all' }))];
  for (const { organisation } of teams) yield [`moves begun in ${organisation}`, (rows) => movesUnderWayBy(rows, organisation)];
  yield ['deadlines', (rows) => deadlinesSince(rows, '2009-01-01T00:00:00.000Z', now)];
  yield ['the next deadline', (rows) => nextDeadlineAfter(rows, '2009-01-01T00:00:00.000Z')];
}

function* ofRecords({ people, journeys, handoffs, teams, known }: About): Generator<Query> {
  const scopes: readonly Scope[] = [
    { kind: 'all' },
    { kind: 'organisation', organisation: teams[0]!.organisation },
    { kind: 'pilot', pilot: 'torbay' },
    { kind: 'none' },
  ];
  for (const scope of scopes) {
    for (const person of people) {
      yield [`journeys of ${person} for ${scope.kind}`, (rows) => journeysOfPerson(rows, person, scope)];
      yield [`care of ${person} for ${scope.kind}`, (rows) => careOfPerson(rows, person, scope)];
      for (const knownAt of [undefined, ...known])
        yield [`stays of ${person} for ${scope.kind} as known at ${knownAt ?? 'now'}`, (rows) => staysOfPerson(rows, person, scope, knownAt)];
    }
    for (const journey of journeys) {
      yield [`the journey of id ${journey} for ${scope.kind}`, (rows) => journeyRow(rows, journey, scope)];
      yield [`its handovers for ${scope.kind}`, (rows) => handoffsOfJourney(rows, journey, scope)];
      yield [`its care for ${scope.kind}`, (rows) => careOfJourney(rows, journey, scope)];
    }
    for (const handoff of handoffs) yield [`handover ${handoff} for ${scope.kind}`, (rows) => handoffRow(rows, handoff, scope)];
  }
  for (const [i, journey] of journeys.entries()) {
    yield [`who has a part in ${journey}`, (rows) => journeyParts(rows, journey)];
    yield [`moves under way of ${journey}`, (rows) => movesUnderWayOf(rows, { journey, person: people[i]! })];
  }
  yield ['subjects that are incomplete', (rows) => incompleteSubjects(rows)];
  yield ['journeys that cannot be read in full', (rows) => unreadJourneys(rows, 51)];
  yield ['subjects that are incomplete in one', (rows) => incompleteSubjects(rows, 'worklist')];
}

function* ofProgramme({ pilots, now }: About): Generator<Query> {
  yield ['the pilots', registeredPilots];
  yield ['their names on a day', async (rows) => entries(await pilotNamesOn(rows, '2010-01-01'))];
  for (const pilot of pilots) {
    yield [`names of ${pilot}`, (rows) => namesOfPilot(rows, pilot)];
    yield [`pathways of ${pilot}`, (rows) => definitionsPublished(rows, pilot)];
    yield [`journeys of ${pilot}`, (rows) => journeysOfPilot(rows, pilot, { kind: 'all' }, { limit: 500 })];
    for (const status of journeyStatuses)
      yield [`journeys of ${pilot} that are ${status}`, (rows) => journeysOfPilot(rows, pilot, { kind: 'pilot', pilot }, { status, offset: 1 })];
    yield [`whom nobody answers for in ${pilot}`, (rows) => journeysOfPilot(rows, pilot, { kind: 'all' }, { alarmed: true })];
    yield [`how many journeys are of ${pilot}`, (rows) => journeyCounts(rows, pilot)];
    yield [`how many nobody answers for in ${pilot}`, (rows) => nobodyResponsible(rows, pilot)];
    yield [`plans of ${pilot}`, (rows) => planCoverage(rows, pilot)];
    yield [`what waits in ${pilot}`, (rows) => waitingByBoundary(rows, pilot, now)];
    for (const scope of [{ kind: 'all' }, { kind: 'pilot', pilot }] as const) {
      yield [`who of ${pilot} is in hospital for ${scope.kind}`, (rows) => staysInHospital(rows, pilot, scope)];
      yield [`who of them is ready for ${scope.kind}`, (rows) => staysInHospital(rows, pilot, scope, { ready: true })];
    }
  }
}

function* ofFigures({ pilots, known, now }: About): Generator<Query> {
  const month = { from: addDays(civilDate(now), -60), to: addDays(civilDate(now), 1) };
  for (const pilot of pilots)
    for (const knownAt of [undefined, ...known]) {
      const asked = { pilot, ...month, asAt: now, ...(knownAt !== undefined && { knownAt }) };
      const as = `${pilot} as known at ${knownAt ?? 'now'}`;
      yield [`the dashboard of ${as}`, (rows) => dashboard(rows, asked)];
      yield [`how handovers were answered in ${as}`, (rows) => answerFigures(rows, asked)];
      yield [`hospitals of ${as}`, (rows) => hospitalNow(rows, pilot, now, knownAt)];
    }
  for (const pilot of pilots) yield [`coverage of ${pilot}`, (rows) => coverage(rows, pilot)];
  const requests: readonly MetricRequest[] = [
    { asAt: now },
    { asAt: now, scope: 'imported' },
    { asAt: now, boundary: 'community>socialCare', pilot: 'torbay' },
    ...known.map((knownAt) => ({ asAt: now, knownAt })),
  ];
  for (const metric of metricDefinitions)
    for (const request of requests) {
      const as = JSON.stringify(request);
      yield [`${metric.id} ${as}`, (rows) => metric.compute(rows, request)];
      for (const outcome of [undefined, 'open', 'accepted', 'yes', 'notSaid', 'readmitted', 'notReadmitted'])
        yield [`cases of ${metric.id} ${as} ${outcome ?? ''}`, (rows) => metric.cases(rows, { ...request, ...(outcome && { outcome }) })];
      yield [`cases answered by account ${as}`, (rows) => metric.cases(rows, { ...request, answeredAs: 'account', offset: 2, limit: 3 })];
      yield [`cases where medicines were missing ${as}`, (rows) => metric.cases(rows, { ...request, missing: 'medicines' })];
    }
}
