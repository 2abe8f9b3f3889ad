import { setStage } from './stage.js';
import { wrongPersonSuite } from './wrong-person-suite.js';

wrongPersonSuite(setStage());
