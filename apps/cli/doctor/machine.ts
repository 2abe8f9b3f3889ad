import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const LEAST_FREE = 1024 ** 3;

export function nodeVersion(): string {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 24) throw new Error(`${process.version} is too old: run it through npm (npx throughcare), which brings Node 24`);
  return process.version;
}

/** Where the data lie, or would. */
export function disk(dataDir: string): string {
  let folder = resolve(dataDir);
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < LEAST_FREE) throw new Error(`${Math.round(free / 1024 ** 2)} MB free at ${folder}: make room before the log cannot grow`);
  return `${Math.round(free / 1024 ** 3)} GB free at ${folder}`;
}
