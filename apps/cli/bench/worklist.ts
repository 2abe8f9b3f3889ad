import { figure, type Bench } from './figure.js';
import { inProcess } from './processes.js';
import { withEmpty } from './programme-store.js';
import type { PageTimes } from './pages.js';

export interface WorklistQuestion {
  /** An empty directory. */
  readonly dataDir: string;
  /** Open ones; one in `ONE_IN` is our team's. */
  readonly journeys: number;
}

export interface WorklistAnswer {
  readonly journeys: number;
  readonly ours: number;
  readonly pages: Readonly<Record<string, PageTimes>>;
  /** From the moment at which somebody was told that it is recorded, to the handover's row that says so and a page drawn after it. */
  readonly changeElsewhere: PageTimes;
}

/** Of the 50,000 open journeys of a cell, 2,000 are one team's. */
export const ONE_IN = 25;
/** A million events are a log of about that many journeys. */
const EVENTS_A_JOURNEY = 20;

/** The slowest of the pages that are made of the worklist, in the server, beside a page that shows nothing. */
export const benchWorklist: Bench = ({ events }) =>
  withEmpty(async (dataDir) => {
    const question = { dataDir, journeys: Math.ceil(events / EVENTS_A_JOURNEY) };
    const { pages, ...counts } = await inProcess<WorklistQuestion, WorklistAnswer>('worklist-process', question);
    const { empty, ...others } = pages;
    return figure(Math.max(...Object.values(others).map(({ p95 }) => p95)), empty!.p95, 'ms', { ...counts, ...pages });
  });
