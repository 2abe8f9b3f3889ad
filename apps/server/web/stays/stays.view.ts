import { civilDate, daysBetween, type Instant } from '#kernel';
import type { HospitalNow, InHospitalFilter, InHospitalRow } from '#pathway';
import { admissionWords } from '#web';
import { hospitalWords } from '../dashboard/dashboard.view.js';
import { organisationName } from '../pages.js';

export interface StaysPage {
  readonly heading: string;
  readonly sentence: string;
  readonly filters: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly lines: readonly {
    readonly person: string;
    readonly href: string | null;
    readonly hospital: string;
    readonly method: string;
    readonly since: Instant;
    readonly readySince: Instant | null;
    /** Midnights in the bed since ready; null where not ready. */
    readonly nights: number | null;
  }[];
  readonly back: string;
  readonly previous: string | null;
  readonly next: string | null;
}

export interface StaysFound {
  readonly figures: HospitalNow;
  /** One more than a page, where there are more. */
  readonly lines: readonly InHospitalRow[];
}

export function staysPage(
  pilot: string,
  { figures, lines }: StaysFound,
  { ready, offset = 0 }: InHospitalFilter,
  { perPage, now }: { perPage: number; now: Instant },
): StaysPage {
  const path = `/pilots/${pilot}/stays`;
  const today = civilDate(now);
  const at = (start: number): string => {
    const asked = new URLSearchParams({ ...(ready && { ready: 'yes' }), ...(start > 0 && { offset: String(start) }) });
    return asked.size > 0 ? `${path}?${asked.toString()}` : path;
  };
  return {
    heading: ready ? 'Ready to leave hospital and still there' : 'In hospital now',
    sentence: hospitalWords(figures),
    filters: [
      { text: 'All in hospital', href: path, current: !ready },
      { text: 'Ready to leave', href: `${path}?ready=yes`, current: ready === true },
    ],
    lines: lines.slice(0, perPage).map((row) => ({
      person: `Person ${row.person.slice(0, 8)}`,
      href: row.journey === null ? null : `/journeys/${row.journey}`,
      hospital: organisationName(row.provider),
      method: methodWords[row.method] ?? row.method,
      since: row.started_at,
      readySince: row.ready_at,
      nights: row.ready_on === null ? null : Math.max(0, daysBetween(row.ready_on, today)),
    })),
    back: `/pilots/${pilot}`,
    previous: offset > 0 ? at(Math.max(0, offset - perPage)) : null,
    next: lines.length > perPage ? at(offset + perPage) : null,
  };
}

/** A stay taken in from elsewhere may carry a method that our list does not have. */
const methodWords: Readonly<Record<string, string>> = admissionWords;
