import { EVENTS_A_JOURNEY, programme, type Step } from '#simulation';
import type { Actor } from '#kernel';
import { BulkRun, wasTaken } from './bulk.js';
import type { Engine } from './engine.js';

export interface SimulateOptions {
  readonly seed: number;
  /** How many people come onto a pathway … */
  readonly people?: number;
  /** … or how many events at least are there when it ends; the last weeks may then be thinner. */
  readonly events?: number;
  /** With the scenes of the morning on which the demo opens. */
  readonly opening?: boolean;
  readonly onProgress?: (events: number) => void;
}

export interface Simulated {
  readonly events: number;
  readonly journeys: number;
  readonly people: number;
  /** Commands that changed nothing, nearly all because the rules refused them: people try what cannot be done. */
  readonly refused: number;
}

/** Lets two years of the sixteen pilots pass. The same seed and size write the same history; a repeat adds nothing. */
export async function simulate(engine: Engine, { seed, events: wanted = Infinity, people: given, opening = false, onProgress }: SimulateOptions): Promise<Simulated> {
  if (!engine.synthetic) throw new Error('made-up people belong in a demo store only; this one is live');
  const people = given ?? Math.ceil((wanted / EVENTS_A_JOURNEY) * 1.05);
  const source = `simulation:${seed}`;
  const before = await eventsOf(engine, source);
  let settled = before.size > 0;
  const run = new BulkRun(engine);
  const counts = { events: 0, journeys: 0, people: 0, refused: 0 };
  const steps = inGroups(programme({ seed, people, opening }), AHEAD, async (group) => {
    // Not near the end: whoever does not come any more must not be in the vault.
    if (!settled && counts.events + group.length * EVENTS_A_STEP < wanted) await run.registerAhead(group);
  });
  for await (const step of steps) {
    const types = settled ? (before.get(step.commandId) ?? []) : await send(run, step, source);
    // The log is in the order of the steps: after the last one found in it, none was taken.
    if (settled && before.delete(step.commandId) && before.size === 0) settled = false;
    if (types.length === 0) counts.refused++;
    counts.events += types.length;
    if (types.includes('ReferralMade')) counts.journeys++;
    if (types.includes('PersonRegistered')) counts.people++;
    if (counts.events >= wanted) break;
    onProgress?.(counts.events);
  }
  await run.flush();
  return counts;
}

/** Steps read ahead, for the people who are registered by them. */
const AHEAD = 500;
/** At most; a referral that is taken at once makes two. */
const EVENTS_A_STEP = 3;

/** The same steps; `next` sees each group before its first one. */
async function* inGroups(steps: Iterable<Step>, size: number, next: (group: readonly Step[]) => Promise<void>): AsyncGenerator<Step> {
  let group: Step[] = [];
  for (const step of steps) {
    if (group.push(step) < size) continue;
    await next(group);
    yield* group;
    group = [];
  }
  await next(group);
  yield* group;
}

/**
 * What an earlier run of this simulation wrote, by command. A command that it was refused is not decided again: on what
 * came later it might be taken, and the history would be another.
 */
async function eventsOf({ store }: Engine, source: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  let after: { after: string; afterOrdinal: number } | undefined;
  for (;;) {
    const page = await store.readAll({ limit: 5000, ...after });
    for (const event of page.events) {
      if (event.source === source) found.set(event.commandId, [...(found.get(event.commandId) ?? []), event.type]);
    }
    if (page.atHead || !page.next) return found;
    after = { after: page.next.position, afterOrdinal: page.next.ordinal };
  }
}

async function send(run: BulkRun, step: Step, source: string): Promise<readonly string[]> {
  const { commandId, command, body, at } = step;
  const outcome = await run.send({
    commandId, command, body, at, actor: actorOf(step), teams: [step.by.id], purpose: 'simulation', source,
  });
  return wasTaken(outcome) ? outcome.events.map(({ type }) => type) : [];
}

const actorOf = ({ by, link }: Step): Actor => ({
  // As the pages of a link have it: nobody is known to have it.
  staff: (link === undefined ? `staff-${by.id}` : `link-${link}`).slice(0, 80),
  role: link === undefined ? 'coordinator' : 'linkHolder',
  organisation: by.organisation,
  sector: by.sector,
  pilot: by.pilot,
});
