import { setFlagsFromString } from 'node:v8';

/**
 * From now on the young generation of this process does not grow: what a rebuild makes dies at once, and room for more
 * of it is only memory.
 */
export const keepYoungSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');
