import { describe, expect, it } from '@jest/globals';
import type { NodeLook } from '#event-store';
import { together } from './event-store.js';

const node = (state: string): NodeLook => ({ node: `${state}:2113`, version: '23.10.6', state, secure: true, alive: undefined });
const [leads, follows] = [node('leader'), node('follower')];
const away: NodeLook = { node: 'away:2113', trouble: 'nobodyListens', detail: '' };

describe('What throughcare doctor says of several nodes together', () => {
  it.each([
    ['one of three', [leads, follows, away], '1 of 3 nodes is away: what is recorded is kept, and with one more nothing can be recorded'],
    ['one of five', [leads, follows, follows, follows, away], '1 of 5 nodes is away: what is recorded is kept, and one more may go'],
    ['two of three, where the last does not know it yet', [leads, away, away], '2 of 3 nodes are away: nothing can be recorded until more than half are there'],
  ])('where %s is away', (_, looks, says) => {
    expect(() => together(looks)).toThrow(says);
  });
});
