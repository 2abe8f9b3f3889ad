import type { Instant } from '#kernel';
import { journeyStatuses, teamAt, type JourneyFilter, type JourneyRow } from '#pathway';
import { statusWords } from '#web';
import { teamView } from '../record/teams.js';

export interface JourneysPage {
  readonly heading: string;
  readonly filters: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly lines: readonly {
    readonly href: string;
    readonly person: string;
    readonly status: string;
    readonly responsible: string;
    readonly since: Instant | null;
  }[];
  readonly back: string;
  readonly previous: string | null;
  readonly next: string | null;
}

/** @param rows one more than a page, where there are more */
export function journeysPage(
  pilot: string,
  rows: readonly JourneyRow[],
  filter: JourneyFilter,
  { perPage, now }: { perPage: number; now: Instant },
): JourneysPage {
  const path = `/pilots/${pilot}/journeys`;
  const { status, alarmed, offset = 0 } = filter;
  const address = (asked: Readonly<Record<string, string>>): string =>
    Object.keys(asked).length > 0 ? `${path}?${new URLSearchParams(asked).toString()}` : path;
  const asked = { ...(status && { status }), ...(alarmed && { responsible: 'nobody' }) };
  const at = (start: number): string => address({ ...asked, ...(start > 0 && { offset: String(start) }) });
  return {
    heading: alarmed
      ? 'Journeys for which nobody is responsible'
      : status
        ? `Journeys: ${statusWords[status].toLowerCase()}`
        : 'All journeys',
    filters: [
      { text: 'All', href: path, current: !status && !alarmed },
      { text: 'Nobody is responsible', href: address({ responsible: 'nobody' }), current: alarmed === true },
      ...journeyStatuses.map((one) => ({
        text: statusWords[one],
        href: address({ status: one }),
        current: one === status,
      })),
    ],
    lines: rows.slice(0, perPage).map((row) => ({
      href: `/journeys/${row.journey}`,
      person: `Person ${row.person.slice(0, 8)}`,
      status: statusWords[row.status],
      responsible: responsibleWords(row, now),
      since: row.responsible_since,
    })),
    back: `/pilots/${pilot}`,
    previous: offset > 0 ? at(Math.max(0, offset - perPage)) : null,
    next: rows.length > perPage ? at(offset + perPage) : null,
  };
}

function responsibleWords(row: JourneyRow, now: Instant): string {
  const team = teamAt(row, now);
  if (team !== null) return teamView({ team, organisation: row.responsible_organisation ?? '' }, now).name;
  if (row.responsible === 'ended') return 'Ended';
  return row.last_held_team === null
    ? 'Nobody has accepted'
    : `Nobody has accepted; last held by ${teamView({ team: row.last_held_team, organisation: '' }, now).name}`;
}
