/** One moment of a file, and files built beside it to be compared with it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { checksumOf, type Checksum } from '../checksum.js';
import type { GenerationBuild, Moment } from '../generations.js';
import type { ModelSet } from '../model-set.js';
import type { Tuple } from '../rows.js';
import { SqliteBuild } from './build.js';
import type { GenerationFiles } from './files.js';
import { attach, checkpointOf, contentsOf } from './generation-db.js';
import { rowsOf } from './read-rows.js';

type Fill = (into: GenerationBuild) => Promise<unknown>;

export async function atOneMoment<T>(files: GenerationFiles, name: string, set: ModelSet, work: (moment: Moment) => Promise<T>): Promise<T> {
  const live = new DatabaseSync(files.path(name), { readOnly: true, timeout: 5_000 });
  try {
    live.exec('BEGIN');
    return await aside(files, (directory) => work({
      schema: 'main',
      contents: contentsOf(live),
      checkpoint: checkpointOf(live),
      checksum: () => checksumOf(rowsOf(live), set),
      async ask(sql, params = []) {
        const statement = live.prepare(sql);
        statement.setReturnArrays(true);
        return statement.all(...params) as unknown as readonly Tuple[];
      },
      async beside(other, models, fill) {
        const path = join(directory, `${other}.db`);
        await fill(new SqliteBuild(path, models));
        attach(live, path, other);
        return { schema: other, checksum: () => checksumOfFile(path, models) };
      },
    }));
  } finally {
    live.close();
  }
}

export const trial = (files: GenerationFiles, set: ModelSet, fill: Fill): Promise<Checksum> =>
  aside(files, async (directory) => {
    const path = join(directory, 'rebuilt.db');
    await fill(new SqliteBuild(path, set));
    return checksumOfFile(path, set);
  });

async function aside<T>(files: GenerationFiles, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = files.aside();
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function checksumOfFile(path: string, set: ModelSet): Promise<Checksum> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return await checksumOf(rowsOf(database), set);
  } finally {
    database.close();
  }
}
