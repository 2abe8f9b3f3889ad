/**
 * The sixteen integrated care pilots, each name and lead organisation in its own time (FACTS 1.1 to 1.3). Every claim
 * says how it is known and where from, so that screens can.
 */
import type { CivilDate } from '#kernel';
import { load, type Label } from '../data.js';

export interface Claim {
  readonly text: string;
  readonly label: Label;
  /** Keys of `sources`. */
  readonly sources: readonly string[];
}

/** Why a name followed another: the two lists of names differ in four ways. */
export type NameChange = 'renamed' | 'abbreviated' | 'typography' | 'leadChanged';

export interface PilotName {
  readonly name: string;
  /** First day of the name. */
  readonly from: CivilDate;
  /** First day of the next name; null while it holds. */
  readonly to: CivilDate | null;
  readonly source: string;
  readonly change?: NameChange;
}

export interface LeadOrganisations {
  readonly organisations: readonly string[];
  readonly from: CivilDate;
  readonly label: Label;
  readonly source: string;
}

export interface Pilot {
  readonly id: string;
  /** Oldest first, without gaps. */
  readonly names: readonly PilotName[];
  /** Other names in print, with the days for which they stand. */
  readonly aliases: readonly PilotName[];
  /** Oldest first. */
  readonly leads: readonly LeadOrganisations[];
  readonly focus: Claim;
  /** What is known of its way of working. */
  readonly model: readonly Claim[];
  readonly startsOn: CivilDate;
  /** Last day. */
  readonly endsOn: CivilDate;
}

type Undated<T> = Omit<T, 'to'> & { readonly to?: CivilDate };
interface PilotRow extends Pick<Pilot, 'id' | 'leads' | 'focus' | 'model'> {
  readonly names: readonly Undated<PilotName>[];
  readonly aliases: readonly Undated<PilotName>[];
}

const file = load<{
  readonly programme: { readonly startsOn: CivilDate; readonly endsOn: CivilDate };
  readonly sources: Readonly<Record<string, { readonly title: string; readonly date: string }>>;
  readonly pilots: readonly PilotRow[];
}>('pilots.json');

export const sources = file.sources;

export const pilots: readonly Pilot[] = file.pilots.map((row) => ({
  ...row,
  names: row.names.map((name, i) => ({ ...name, to: row.names[i + 1]?.from ?? null })),
  aliases: row.aliases.map((alias) => ({ ...alias, to: alias.to ?? null })),
  startsOn: file.programme.startsOn,
  endsOn: file.programme.endsOn,
}));

/** @throws RangeError there is no such pilot */
export function pilot(id: string): Pilot {
  const found = pilots.find((one) => one.id === id);
  if (!found) throw new RangeError(`there is no pilot ${id}`);
  return found;
}

/** The pilot's name on that day; its first name on any day before the programme. @throws RangeError no such pilot */
export function nameOn(pilotId: string, day: CivilDate): string {
  const { names } = pilot(pilotId);
  return (names.findLast((name) => name.from <= day) ?? names[0]!).name;
}

/** Who led the pilot on that day, as `nameOn`. @throws RangeError no such pilot */
export function leadOrganisationsOn(pilotId: string, day: CivilDate): LeadOrganisations {
  const { leads } = pilot(pilotId);
  return leads.findLast((lead) => lead.from <= day) ?? leads[0]!;
}
