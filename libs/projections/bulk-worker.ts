/** The second thread of a bulk build: started by `startHelper`, never imported. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { HelperInput, HelperMessage, HelperWork } from './bulk-helper.js';
import { StoreParts } from './log-parts.js';
import { modelSet } from './model-set.js';
import { PartBuilder } from './part-builder.js';
import { buildBeside } from './place.js';
import { Spool } from './spool/spool.js';
import type { ProjectorSetup } from './thread.js';

const port = parentPort!;
const begun = once(port, 'message');
const tell = (message: HelperMessage) => port.postMessage(message);
const { module, options } = workerData as HelperInput;
const { projectorSetup } = (await import(module)) as { projectorSetup(options: unknown): Promise<ProjectorSetup> };
const { openReader, registry, readModels } = await projectorSetup(options);
const set = modelSet(readModels);
const [{ log, into, turns, of }] = (await begun) as [HelperWork];
const reader = 'spool' in log ? undefined : await openReader();
try {
  const parts = 'spool' in log ? await Spool.sharedBy(log.spool) : new StoreParts(reader!, log.total);
  const rows = await buildBeside(into, set);
  const builder = new PartBuilder({ set, registry }, parts, rows);
  try {
    for (let index; (index = Atomics.add(turns, 0, 1)) < of; ) await builder.build(index, of, (events) => tell({ events }));
    await rows.commit();
  } finally {
    await rows.close();
  }
  // Not before: the first thread then reads a file that only one may have open.
  tell({ marks: builder.marks.buckets() });
} finally {
  await reader?.close();
}
