import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import xz from 'xz-decompress';

export interface BundleFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The JSON files of a folder, in order of name, those inside `.tar.xz` and `.tar.gz` archives too. One file is held
 * at a time.
 *
 * @throws Error where the folder cannot be read or holds no bundle
 */
export async function* bundleFiles(folder: string): AsyncGenerator<BundleFile> {
  const names = (await readdir(folder)).sort();
  let found = 0;
  for (const name of names) {
    const path = join(folder, name);
    if (/\.tar\.(xz|gz)$/.test(name)) {
      for await (const file of archived(path)) {
        found++;
        yield file;
      }
    } else if (name.endsWith('.json') && name !== 'expected.json') {
      found++;
      yield { name, text: await readFile(path, 'utf8') };
    }
  }
  if (found === 0) throw new Error(`${folder} holds no .json file and no .tar.xz or .tar.gz archive with one`);
}

async function* archived(path: string): AsyncGenerator<BundleFile> {
  const archive = extract();
  const bytes = createReadStream(path);
  const plain = path.endsWith('.xz')
    ? Readable.fromWeb(new xz.XzReadableStream(Readable.toWeb(bytes) as never) as never)
    : bytes.pipe(createGunzip());
  const unpacking = pipeline(plain, archive);
  for await (const entry of archive) {
    if (entry.header.type !== 'file' || !entry.header.name.endsWith('.json')) {
      entry.resume();
      continue;
    }
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    yield { name: entry.header.name.slice(entry.header.name.lastIndexOf('/') + 1), text: Buffer.concat(parts).toString('utf8') };
  }
  await unpacking;
}
