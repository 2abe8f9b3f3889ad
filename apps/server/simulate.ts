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
  readonly onProgress?: (events: number) => void;
}

export interface Simulated {
  readonly events: number;
  readonly journeys: number;
  readonly people: number;
  /** Commands that the rules refused: people try what cannot be done. */
  readonly refused: number;
}

/** Lets two years of the sixteen pilots pass. The same seed and size write the same history; a repeat adds nothing. */
export async function simulate(
  engine: Pick<Engine, 'store' | 'storeAddress' | 'registry' | 'clock' | 'synthetic' | 'vault' | 'useCases'>,
  { seed, events: wanted = Infinity, people: given, onProgress }: SimulateOptions,
): Promise<Simulated> {
  if (!engine.synthetic) throw new Error('made-up people belong in a demo store only; this one is live');
  const people = given ?? Math.ceil((wanted / EVENTS_A_JOURNEY) * 1.05);
  const run = new BulkRun(engine);
  const counts = { events: 0, journeys: 0, people: 0, refused: 0 };
  for (const step of programme({ seed, people })) {
    const { commandId, command, body, at } = step;
    const outcome = await run.send({
      commandId, command, body, at,
      actor: actorOf(step),
      teams: [step.by.id],
      purpose: 'simulation',
      source: `simulation:${seed}`,
    });
    if (!wasTaken(outcome)) counts.refused++;
    else {
      counts.events += outcome.events.length;
      for (const { type } of outcome.events) {
        if (type === 'ReferralMade') counts.journeys++;
        if (type === 'PersonRegistered') counts.people++;
      }
    }
    if (counts.events >= wanted) break;
    onProgress?.(counts.events);
  }
  await run.flush();
  return counts;
}

const actorOf = ({ by }: Step): Actor => ({
  staff: `staff-${by.id}`.slice(0, 80),
  role: 'coordinator',
  organisation: by.organisation,
  sector: by.sector,
  pilot: by.pilot,
});
