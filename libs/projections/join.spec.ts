import { describe, expect, it } from '@jest/globals';
import { asStandby } from './join.js';

const own = { state: 'standby', problem: 'another process projects', generations: [] } as const;
const heard = { state: 'running', generations: [] } as const;

describe('A process that may project', () => {
  it('says that it stands by while another one works, and nothing of it is a problem', () => {
    expect(asStandby(own, heard)).toEqual({ state: 'standby', generations: [] });
  });

  it('says that nobody projects where the other has gone and its own turn has not come', () => {
    const nobody = { state: 'restarting', problem: 'no projector is at work', generations: [] } as const;
    expect(asStandby(own, nobody)).toBe(nobody);
  });

  it('says what is heard once it works itself', () => {
    expect(asStandby({ state: 'running', generations: [] }, heard)).toBe(heard);
  });
});
