import { deriveId, type Actor, type Role, type Sector } from '#kernel';
import type { Principal } from './principal.js';

export const personaIds = [
  'coordinator-torbay', 'coordinator-brixham', 'duty-manager-torbay', 'pilot-lead-torbay', 'evaluator', 'auditor', 'administrator',
] as const;
export type PersonaId = (typeof personaIds)[number];

/** Somebody the development provider lets you be. Nobody of this name works anywhere. */
export interface Persona extends Principal {
  readonly id: PersonaId;
  /** What this person is here to do, for the sign-in page. */
  readonly job: string;
}

/** Pseudonymous as in production: it says nothing about the name (DESIGN 4). */
const staffId = (id: PersonaId): string => `staff-${deriveId('development-staff', id).slice(0, 8)}`;

const persona = (
  id: PersonaId,
  name: string,
  job: string,
  place: { role: Role; organisation: string; sector: Sector; pilot?: string },
  teams: readonly string[] = [],
): Persona => ({ id, name, job, actor: { staff: staffId(id), ...place } satisfies Actor, teams });

const torbay = { organisation: 'torbay-care-trust', sector: 'community', pilot: 'torbay' } as const;

export const personas: readonly Persona[] = [
  persona(
    'coordinator-torbay', 'Cara Made-Up', 'Health and social care coordinator, Torbay Care Trust',
    { role: 'coordinator', ...torbay }, ['torbay-north-zone'],
  ),
  persona(
    'coordinator-brixham', 'Bryn Invented', 'Coordinator, Brixham Home Care',
    { role: 'coordinator', organisation: 'brixham-home-care', sector: 'socialCare', pilot: 'torbay' },
    ['brixham-home-care-team'],
  ),
  // No team of her own: she sees what all of them have, and rings them.
  persona('duty-manager-torbay', 'Dee Imaginary', 'Duty manager, Torbay Care Trust', { role: 'dutyManager', ...torbay }),
  persona('pilot-lead-torbay', 'Petra Example', 'Pilot lead, Torbay', { role: 'pilotLead', ...torbay }),
  persona('evaluator', 'Evan Sample', 'National evaluation team', {
    role: 'evaluator', organisation: 'national-evaluation', sector: 'thirdSector',
  }),
  persona('auditor', 'Aud Fictional', 'Information governance auditor', {
    role: 'auditor', organisation: 'independent-audit', sector: 'thirdSector',
  }),
  persona('administrator', 'Adam Placeholder', 'System administrator', {
    role: 'administrator', organisation: 'throughcare-operations', sector: 'community',
  }),
];

export const personaOf = (id: string): Persona | undefined => personas.find((candidate) => candidate.id === id);
