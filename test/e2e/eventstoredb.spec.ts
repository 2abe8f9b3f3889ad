/** What coordinators do, on a real EventStoreDB: every scenario, and a handover with all that follows. */
import { afterAll } from '@jest/globals';
import { findOwnServer } from '../../libs/event-store/eventstoredb/server.js';
import { describeUnless } from '../support/left-out.js';
import { handoverSuite } from './handover-suite.js';
import { scenariosSuite } from './scenarios-suite.js';
import { setStage } from './stage.js';
import { scenario10 } from './wrong-person-suite.js';

const server = await findOwnServer();
const reason = 'leftOut' in server ? server.leftOut : undefined;
afterAll(() => ('leftOut' in server ? undefined : server.stop()));

describeUnless(reason, 'On EventStoreDB', () => {
  const url = 'leftOut' in server ? undefined : server.connectionString;
  const stage = setStage({ THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: url });
  handoverSuite('a handover from Torbay to Brixham', stage);
  scenariosSuite(stage);
  scenario10(stage, 1);
});
