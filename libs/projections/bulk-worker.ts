/** The second thread of a bulk build: started by `startHelper`, never imported. */
import { parentPort, workerData } from 'node:worker_threads';
import type { HelperInput, HelperMessage } from './bulk-helper.js';
import { modelSet } from './model-set.js';
import { PartBuilder } from './part-builder.js';
import { SqliteBuild } from './sqlite/build.js';
import type { ProjectorSetup } from './thread.js';

const tell = (message: HelperMessage) => parentPort!.postMessage(message);
const { module, options, path, turns, of, toOrdinal } = workerData as HelperInput;
const { projectorSetup } = (await import(module)) as { projectorSetup(options: unknown): Promise<ProjectorSetup> };
const { reader, registry, readModels } = await projectorSetup(options);
const set = modelSet(readModels);
const file = new SqliteBuild(path, set);
try {
  const builder = new PartBuilder({ set, reader, registry }, file);
  for (let index; (index = Atomics.add(turns, 0, 1)) < of; ) {
    await builder.build({ index, of, toOrdinal, most: Infinity }, (events) => tell({ events }));
  }
  file.commit();
  await file.close();
  tell({ marks: builder.marks.buckets() });
} finally {
  await reader.close();
}
