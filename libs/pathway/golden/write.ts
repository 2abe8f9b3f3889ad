/**
 * Writes the golden file of every event version that has none yet: `npm run -s source -- libs/pathway/golden/write.ts`.
 * Files that are there are never touched: what was written once is read for ever (DESIGN 11). An optional field that a
 * version gained later has a file beside, `<type>-with-<field>.v<version>.json`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { deriveId, type NewEvent } from '#kernel';
import { pathwayEvents } from '../domain/events.js';

const here = (name: string): URL => new URL(name, import.meta.url);
const checksums = JSON.parse(readFileSync(here('checksums.json'), 'utf8')) as Record<string, string>;

for (const { type, version, example } of pathwayEvents) {
  const name = `${type}.v${version}.json`;
  if (existsSync(here(name))) continue;
  const event: NewEvent = {
    eventId: deriveId('golden', type, version),
    type,
    schemaVersion: version,
    person: deriveId('golden', 'person'),
    pilot: 'torbay',
    occurredAt: '2011-03-01T08:05:00.000Z',
    precision: 'minute',
    recordedAt: '2011-03-01T08:06:07.089Z',
    actor: {
      staff: 'staff-0a1b2c',
      role: 'coordinator',
      organisation: 'torbay-care-trust',
      sector: 'community',
      pilot: 'torbay',
    },
    purpose: 'directCare',
    commandId: deriveId('golden', 'command', type),
    commandHash: '0'.repeat(64),
    correlationId: deriveId('golden', 'command', type),
    source: 'golden',
    synthetic: true,
    data: example,
  };
  const text = `${JSON.stringify(event, null, 2)}\n`;
  writeFileSync(here(name), text);
  checksums[name] = createHash('sha256').update(text).digest('hex');
}
const sorted = Object.fromEntries(Object.entries(checksums).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(here('checksums.json'), `${JSON.stringify(sorted, null, 2)}\n`);
