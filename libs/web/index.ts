export { loadAssets, type Asset, type Assets } from './assets.js';
export { dateAndTime, duration, longDate, nhsNumber, weekdayDate } from './filters.js';
export type { PageFrame } from './layout.js';
export { createRenderer, type Render } from './render.js';
