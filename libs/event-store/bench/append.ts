/** Durable appends through the port, beside raw inserts into a plain table: the first row of DESIGN 10. */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventStore } from '../port.js';
import { createOrCheck } from '../sqlite/format.js';
import { eventJson } from '../event-json.js';
import { LogWriter } from '../sqlite/log-writer.js';
import { openSqliteEventStore } from '../sqlite/sqlite-store.js';
import { subjectHash } from '../subject.js';
import { PlainTable } from './baseline.js';
import { percentile, round, type Measurement } from './measurement.js';
import { benchEvent, newTraffic, STREAMS, type Traffic } from './traffic.js';

const WRITERS = 64;
const LOOP_SAMPLE_MS = 1;

interface Rounds {
  readonly rounds: number;
  readonly appends: number;
  readonly inserts: number;
}

export interface BenchOptions {
  /** Where the files are made, on the disk to be measured; the system's temporary directory when absent. */
  readonly directory?: string;
  /** In the log before; 1,000,000 unless a quick try asks for less. */
  readonly events?: number;
}

export const benchAppendEmpty = (options: BenchOptions = {}): Promise<Measurement> =>
  measure('append-empty', 0, { rounds: 7, appends: 10_000, inserts: 10_000 }, options);

export const benchAppend1m = (options: BenchOptions = {}): Promise<Measurement> =>
  measure('append-1m', options.events ?? 1_000_000, { rounds: 7, appends: 20_000, inserts: 5_000 }, options);

async function measure(name: string, filled: number, sizes: Rounds, options: BenchOptions): Promise<Measurement> {
  const directory = mkdtempSync(join(options.directory ?? tmpdir(), 'throughcare-bench-'));
  try {
    const plainTraffic = newTraffic();
    const traffic = newTraffic();
    const [plainFile, file] = [join(directory, 'plain.db'), join(directory, 'log.db')];
    fillPlain(plainFile, filled, plainTraffic);
    fillLog(file, filled, traffic);
    const plain = new PlainTable(plainFile, plainTraffic);

    const opened = performance.now();
    const store = await openSqliteEventStore({ file });
    const ready = performance.now() - opened;
    const rates: number[] = [];
    const baselines: number[] = [];
    const latencies: number[] = [];
    const loops: number[] = [];
    for (let i = 0; i < sizes.rounds; i++) {
      baselines.push(plain.measure(sizes.inserts));
      const { rate, loop } = await appends(store, traffic, sizes.appends, latencies);
      rates.push(rate);
      loops.push(loop);
    }
    await store.close();
    plain.close();
    const ratios = rates.map((rate, i) => rate / baselines[i]!);
    return {
      name,
      value: Math.round(percentile(rates, 0.5)),
      unit: 'events/s',
      baseline: Math.round(percentile(baselines, 0.5)),
      ratio: round(percentile(ratios, 0.5)),
      details: {
        writers: WRITERS,
        eventsBefore: filled,
        p50Ms: round(percentile(latencies, 0.5)),
        p99Ms: round(percentile(latencies, 0.99)),
        loopP99Ms: round(percentile(loops, 0.5)),
        openMs: Math.round(ready),
        rounds: rates.map((rate, i) => `${Math.round(rate)}/${Math.round(baselines[i]!)}`).join(' '),
      },
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Each of the writers awaits its append, then makes the next, on a random journey of its own share. */
async function appends(store: EventStore, traffic: Traffic, count: number, latencies: number[]) {
  const loop = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  let left = count;
  const writer = async (share: number) => {
    while (left-- > 0) {
      const index = share + WRITERS * Math.floor((Math.random() * (STREAMS - share)) / WRITERS);
      const revision = traffic.revisions[index]!;
      const started = performance.now();
      await store.append(traffic.names[index]!, revision < 0 ? 'none' : revision, [benchEvent()]);
      latencies.push(performance.now() - started);
      traffic.revisions[index] = revision + 1;
    }
  };
  loop.enable();
  const started = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, (_, share) => writer(share)));
  const seconds = (performance.now() - started) / 1000;
  loop.disable();
  return { rate: count / seconds, loop: Math.max(0, loop.percentile(99) / 1e6 - LOOP_SAMPLE_MS) };
}

function fillPlain(file: string, count: number, traffic: Traffic): void {
  const plain = new PlainTable(file, traffic);
  plain.fill(count);
  plain.close();
  flush(file);
}

function fillLog(file: string, count: number, traffic: Traffic): void {
  createOrCheck(file);
  const writer = new LogWriter(file);
  writer.db.exec('PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 1000');
  for (let done = 0; done < count; done += 10_000) {
    const outcomes = writer.commit(
      Array.from({ length: Math.min(10_000, count - done) }, () => {
        const index = Math.floor(Math.random() * STREAMS);
        const stream = traffic.names[index]!;
        traffic.revisions[index]!++;
        const event = benchEvent();
        return {
          stream,
          expected: 'any',
          events: [{ ...eventJson(stream, event), subject: subjectHash(event.person ?? stream) }],
        };
      }),
    );
    if (outcomes.some((outcome) => !('appended' in outcome))) throw new Error('the log could not be filled');
  }
  writer.close();
  flush(file);
}

/** What was filled without flushing would else be flushed by the first event that is measured. */
function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
