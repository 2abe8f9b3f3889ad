import { handoverSuite } from './handover-suite.js';
import { setStage } from './stage.js';

handoverSuite('A handover from Torbay to Brixham', setStage());
