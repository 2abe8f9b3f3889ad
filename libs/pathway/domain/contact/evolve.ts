import type { Instant, Sector } from '#kernel';
import { withEntry } from '../event.js';
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { ContactSummary, PersonRecord } from '../record/state.js';

export const noContacts: ContactSummary = { count: 0, bySector: {} };

export const withContact = (summary: ContactSummary, at: Instant, sector: Sector): ContactSummary => ({
  count: summary.count + 1,
  first: summary.first !== undefined && summary.first <= at ? summary.first : at,
  last: summary.last !== undefined && summary.last >= at ? summary.last : at,
  bySector: withEntry(summary.bySector, sector, (summary.bySector[sector] ?? 0) + 1),
});

export const contactHandlers: Handlers<PersonRecord> = {
  ContactRecorded: (record, { sector }, event) => ({
    ...record,
    contacts: withContact(record.contacts, event.occurredAt, sector),
  }),

  FirstContactRecorded: (record, { by }, event) => ({
    ...record,
    contacts: withContact(record.contacts, event.occurredAt, by.sector),
  }),

  EmergencyAttended: (record, { attendance, departedAt }, event) =>
    record.attendances.some((known) => known.attendance === attendance)
      ? undefined
      : {
          ...record,
          attendances: [...record.attendances, { ...markOf(event), attendance, ...(departedAt && { departedAt }) }],
        },
};
