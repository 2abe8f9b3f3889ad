import type { CivilDate, Sector } from '#kernel';

/** What a team is there for; screens group the directory by it. */
export const serves = [
  'hub',
  'community',
  'ward',
  'practice',
  'homeCare',
  'assessment',
  'voluntary',
  'mentalHealth',
  'housing',
] as const;
export type Serves = (typeof serves)[number];

/** `HH:mm` to `HH:mm` on a London clock; `24:00` ends a day. Openings past midnight are written as two. */
export type Opening = readonly [from: string, to: string];

export interface OpeningHours {
  /** In plain words, for screens. */
  readonly words: string;
  /** Open at every moment, bank holidays too; `week` is then empty. */
  readonly always: boolean;
  /** Monday first; each day's openings in order, none where closed. */
  readonly week: readonly (readonly Opening[])[];
  /** Whether the team also opens on bank holidays of England and Wales, at that weekday's hours. */
  readonly bankHolidays: boolean;
}

/** A team as it was on a day. Handoffs go to teams, never to organisations (DESIGN 6). */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  /** Of the team, not of its organisation: Torbay Care Trust had teams of two sectors (FACTS 3.1). */
  readonly sector: Sector;
  readonly pilot: string;
  /** What may be handed over to it, in plain words. */
  readonly takes: string;
  /** What it is asked most, to be chosen instead of typed: our own words [ours], a directory may name others. */
  readonly asks: readonly string[];
  readonly area: string;
  /** From Ofcom's range for drama, 01632 960000 to 960999: it rings nobody. */
  readonly telephone: string;
  readonly hours: OpeningHours;
  /** First day it takes people. */
  readonly opened: CivilDate;
  /** First day it takes nobody any more. */
  readonly closed?: CivilDate;
  /** The team that took over its work. */
  readonly successor?: string;
  readonly serves: Serves;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** True where it is made up for the demonstration; false for bodies named in the programme's own papers. */
  readonly fictitious: boolean;
}

export type TeamStatus =
  | { readonly status: 'open'; readonly team: Team }
  /** `successor` is the team that is open then, through as many closures as there were. */
  | { readonly status: 'closed'; readonly team: Team; readonly successor?: Team }
  /** No such team in the directory. */
  | { readonly status: 'unknown' };
