import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { PersonRecord } from '../record/state.js';

export const consentHandlers: Handlers<PersonRecord> = {
  ConsentRecorded: (record, data, event) => ({
    ...record,
    consents: [...record.consents, { ...data, ...markOf(event) }],
  }),
};
