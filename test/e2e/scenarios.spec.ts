import { scenariosSuite } from './scenarios-suite.js';
import { setStage } from './stage.js';

scenariosSuite(setStage());
