import { afterAll } from '@jest/globals';
import { findOwnServer } from '../../libs/event-store/eventstoredb/server.js';
import { describeUnless } from '../support/left-out.js';
import { handoverSuite } from './handover-suite.js';

const server = await findOwnServer();
const reason = 'leftOut' in server ? server.leftOut : undefined;
afterAll(() => ('leftOut' in server ? undefined : server.stop()));

describeUnless(reason, 'On EventStoreDB', () => {
  const url = 'leftOut' in server ? undefined : server.connectionString;
  handoverSuite('a handover from Torbay to Brixham', { THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: url });
});
