/** One journey of 500 events, folded from disk, beside reading and parsing its rows alone. */
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store';
import { deriveId, effectiveHistory, hours, journeyStream, personStream, plus, type Instant } from '#kernel';
import { recordFold, responsibilityTimeline, type PersonRecord } from '#pathway';
import { team, type Team } from '#pilots';
import { BulkRun, wasTaken } from '../../server/bulk.js';
import { eventRegistry } from '../../server/catalogue.js';
import { DEMO_OPENS } from '../../server/demo-clock.js';
import { openEngine, type Engine } from '../../server/engine.js';
import { figure, median, type Bench } from './figure.js';
import { withEmpty } from './programme-store.js';

const EVENTS = 500;
const RUNS = 201;
const BEGINS: Instant = '2009-06-01T08:00:00.000Z';

export const benchJourney: Bench = () =>
  withEmpty(async (dataDir) => {
    const engine = await openEngine({ dataDir, mode: 'demo', project: false });
    const { person, journey } = await live(engine).finally(() => engine.close());
    const reader = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
    const registry = eventRegistry();
    try {
      const read = async () => [...(await reader.readStream(personStream(person))), ...(await reader.readStream(journeyStream(journey)))];
      const fold = async (): Promise<PersonRecord> => {
        const recorded = (await read()).map((event) => registry.decode(event)).sort((a, b) => a.ordinal - b.ordinal);
        return effectiveHistory(recorded, registry).reduce(recordFold.evolve, recordFold.initial(person));
      };
      // And who is responsible: what every page of a journey asks of the fold.
      const whole = async () => responsibilityTimeline(await fold(), journey, DEMO_OPENS).length;
      const [reading, folding, answering] = await inTurns([read, fold, whole]);
      return figure(answering!, reading!, 'ms', { events: (await read()).length, foldedMs: folding, handovers: (await fold()).journeys[journey]!.handoffs.length });
    } finally {
      await reader.close();
    }
  });

/** Contacts, and every twenty events a handover to the other of two teams. */
async function live(engine: Engine): Promise<{ person: string; journey: string }> {
  const day = BEGINS.slice(0, 10);
  const teams = [team('torbay-north-zone', day)!, team('brixham-home-care-team', day)!] as const;
  const run = new BulkRun(engine);
  let at = BEGINS;
  let events = 0;
  let orders = 0;
  const tell = async (by: Team, command: string, body: Record<string, unknown>): Promise<string> => {
    const commandId = deriveId('bench-journey', orders++);
    const outcome = await run.send({
      commandId, command, body, at, teams: [by.id], purpose: 'simulation', source: 'bench',
      actor: { staff: 'staff-bench', role: 'coordinator', organisation: by.organisation, sector: by.sector, pilot: 'torbay' },
    });
    if (!wasTaken(outcome)) throw new Error(`${command} was refused: ${outcome.detail}`);
    events += outcome.events.length;
    at = plus(at, hours(4));
    return commandId;
  };
  const identity = { givenName: 'Bench', familyName: 'Made-Up', birthDate: '1926-01-01' };
  const person = deriveId('person', await tell(teams[0], 'register-person', identity));
  const journey = deriveId('journey', await tell(teams[0], 'take-referral', {
    personId: person, pathway: 'torbay-older-people', referrer: 'self', to: teams[0].id, urgency: 'soon', reason: 'A fall.', accept: true,
  }));
  const journeyId = journey;
  for (let holder = 0; events < EVENTS - 4; holder = 1 - holder) {
    for (let contact = 0; contact < 16 && events < EVENTS - 4; contact++) {
      await tell(teams[holder]!, 'record-contact', { journeyId, mode: 'visit', note: 'Steadier on the stairs.' });
    }
    const [from, to] = [teams[holder]!, teams[1 - holder]!];
    const handoffId = deriveId('handoff', await tell(from, 'offer-handoff', {
      journeyId, to: to.id, urgency: 'soon', effect: 'now', asked: 'Please take over.', risks: 'noneKnown',
      safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent',
    }));
    for (const command of ['acknowledge-handoff', 'accept-handoff']) await tell(to, command, { journeyId, handoffId });
    await tell(to, 'record-first-contact', { journeyId, handoffId, mode: 'visit' });
  }
  await run.flush();
  return { person, journey };
}

/** The median time of each, in turns, so that a busy moment of the machine meets all of them. Milliseconds. */
async function inTurns(works: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const times = works.map((): number[] => []);
  for (let run = 0; run < RUNS + 20; run++) {
    for (const [i, work] of works.entries()) {
      const started = performance.now();
      await work();
      if (run >= 20) times[i]!.push(performance.now() - started);
    }
  }
  return times.map(median);
}
