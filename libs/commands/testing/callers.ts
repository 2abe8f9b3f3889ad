/** Who gives commands in the executor's tests, and to whose record. */
import { deriveId, type Actor } from '#kernel';
import type { CommandMeta } from '../meta.js';

export const now = '2011-03-01T08:05:00.000Z';
export const torbay: Actor = {
  staff: 'staff-1',
  role: 'coordinator',
  organisation: 'torbay-care-trust',
  sector: 'community',
  pilot: 'torbay',
};
export const brixham: Actor = { ...torbay, staff: 'staff-2', organisation: 'brixham-home-care', sector: 'socialCare' };
export const person = deriveId('person', 1);
export const id = (n: number): string => deriveId('command', n);
export const meta = (commandId: string, more: Partial<CommandMeta> = {}): CommandMeta => ({
  commandId,
  actor: torbay,
  teams: [],
  purpose: 'directCare',
  source: 'api',
  ...more,
});
