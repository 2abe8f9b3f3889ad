import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Gives back what a part of the log held before the next part is read. Left to itself the collector lets both lie in
 * memory, which doubles what a rebuild needs; at this moment hardly anything is alive, so it takes milliseconds.
 */
export const collectGarbage = (): void => collect();

/**
 * From now on the young generation of this process does not grow: what a rebuild makes dies at once, and room for more
 * of it is only memory.
 */
export const keepYoungSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');
