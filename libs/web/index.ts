export { loadAssets, type Asset, type Assets } from './assets.js';
export { waysInOrder, type MapStage, type MapWay } from './charts/pathway-layout.js';
export { pathwayMap, type PathwayMap } from './charts/pathway-map.js';
export { swimlanes, type Swimlanes } from './charts/swimlanes.js';
export { dateAndTime, longDate, weekdayDate } from './dates.js';
export { duration, nhsNumber, shortDuration } from './filters.js';
export { anchorOf, postedFrom, type Field, type FieldProblem, type Option, type Posted } from './forms/field.js';
export {
  answersGiven,
  carried,
  checkAnswers,
  formView,
  postedDay,
  postedMoment,
  type CheckedAnswer,
  type FieldView,
} from './forms/form-view.js';
export { readForm, type Answers, type ReadForm } from './forms/read-form.js';
export { freshnessWords, incompleteWords, staleWords } from './freshness.js';
export type { PageFrame } from './layout.js';
export { createRenderer, type Render } from './render.js';
export * from './words.js';
