/** Journeys of the simulated programme that can be written to, each with an organisation that has a part in it. */
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store';
import { teamsOf, type Team } from '#pilots';
import { ReadModelReader } from '#projections';
import { DEMO_OPENS } from '../../server/demo-clock.js';

export interface Part {
  readonly journey: string;
  readonly organisation: string;
  readonly pilot: string;
}

export async function partsIn(dataDir: string): Promise<readonly Part[]> {
  const log = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  const reader = new ReadModelReader({ directory: join(dataDir, 'read-models'), log });
  try {
    return await reader.all<Part>(
      `SELECT journey, min(organisation) AS organisation, pilot FROM journey_part JOIN journey USING (journey)
       WHERE part = 'held' AND died_at IS NULL AND pilot IS NOT NULL GROUP BY journey`,
    );
  } finally {
    await reader.close();
    await log.close();
  }
}

/** One that speaks for the organisation on the day the demo opens. */
export const teamOf = ({ organisation, pilot }: Pick<Part, 'organisation' | 'pilot'>): Team | undefined =>
  teamsOf(pilot, DEMO_OPENS.slice(0, 10)).find((one) => one.organisation === organisation);
