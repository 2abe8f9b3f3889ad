import { readdirSync, readFileSync } from 'node:fs';

/** How a claim is known: verified in a source, derived, from memory and unchecked, or our own choice (FACTS). */
export const labels = ['V', 'D', 'M', 'ours'] as const;
export type Label = (typeof labels)[number];

const data = new URL('./data/', import.meta.url);

/**
 * Reference data lies beside the code, in `data/`, and is read once, when the module loads. The caller names the
 * shape; the specs hold every file to it.
 */
export const load = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, data), 'utf8')) as T;

/** Names in one folder of `data/`, in order. */
export const list = (folder: string): readonly string[] => readdirSync(new URL(folder, data)).sort();
