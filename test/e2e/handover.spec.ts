import { handoverSuite } from './handover-suite.js';

handoverSuite('A handover from Torbay to Brixham');
