import { figure, type Bench } from './figure.js';
import { inProcess } from './processes.js';
import { withCopy } from './programme-store.js';

export interface PagesQuestion {
  readonly dataDir: string;
}

/** Milliseconds in the server. */
export interface PageTimes {
  readonly p50: number;
  readonly p95: number;
}

export type PagesAnswer = Readonly<Record<string, PageTimes>>;

/** The slowest of the pages, in the server, beside a page that shows nothing; the access log is written as always. */
export const benchPages: Bench = ({ events }) =>
  withCopy(events, async (dataDir) => {
    const { empty, ...pages } = await inProcess<PagesQuestion, PagesAnswer>('pages-process', { dataDir });
    return figure(Math.max(...Object.values(pages).map(({ p95 }) => p95)), empty!.p95, 'ms', { ...pages, empty });
  });
