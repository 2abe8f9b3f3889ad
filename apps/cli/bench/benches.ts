/**
 * Every row of DESIGN 10 that applies, by name. Each measures itself beside a baseline of the same run; each is loaded
 * when it is asked for, so that the other commands start without it.
 */
import type { Bench } from './figure.js';

export const benches: Readonly<Record<string, Bench>> = {
  'append-empty': async () => (await import('../../../libs/event-store/bench/append.js')).benchAppendEmpty(),
  'append-1m': async (size) => (await import('../../../libs/event-store/bench/append.js')).benchAppend1m(size),
  'commands-1m': async (size) => (await import('./commands.js')).benchCommands(size),
  'rebuild-1m': async (size) => (await import('./rebuild.js')).benchRebuild(size),
  'metric-500k': async ({ events }) => (await import('../../../libs/metrics/bench/metric.js')).benchMetric('metric-500k', events / 2),
  'journey-500': async (size) => (await import('./journey.js')).benchJourney(size),
  'pages-1m': async (size) => (await import('./pages.js')).benchPages(size),
  'worklist-50k': async (size) => (await import('./worklist.js')).benchWorklist(size),
  encryption: async () => (await import('#people')).benchEncryption(),
  'ready-1m': async (size) => (await import('./ready.js')).benchReady(size),
};
