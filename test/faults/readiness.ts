/** What a process says of itself at `/health/ready`. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Product } from '../support/product.js';

const PATIENCE = 120_000;

export interface Readiness {
  readonly status: number;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

export async function readiness({ origin }: Product): Promise<Readiness> {
  const answer = await fetch(`${origin}/health/ready`);
  return { status: answer.status, checks: ((await answer.json()) as Pick<Readiness, 'checks'>).checks };
}

/** Milliseconds until it held. @throws Error where it does not come to that */
export async function until(holds: () => Promise<boolean>, within = PATIENCE): Promise<number> {
  const start = Date.now();
  for (; !(await holds()); await pause(50)) {
    if (Date.now() - start > within) throw new Error('it did not come to that');
  }
  return Date.now() - start;
}

export const isReady = (at: Product): Promise<boolean> => readiness(at).then(({ status }) => status === 200);

export const standsBy = (at: Product): Promise<number> =>
  until(async () => (await readiness(at)).checks['projector']?.detail === 'standby');
