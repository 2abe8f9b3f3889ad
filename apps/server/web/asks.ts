import { mayAsk, type Principal, type Question } from '#access';
import { Problem } from '#commands';
import type { Engine } from '../engine.js';
import { accessBy } from './pages.js';
import { notFound, type PageRequest } from './visitor.js';

/** Whether a role may open a page. Refusals are written down before they are told (DESIGN 7). */
export class Asks {
  constructor(private readonly engine: Engine) {}

  /** @throws Problem role-not-allowed; not-found where it is somebody else's */
  async may(request: PageRequest, question: Question, pilot?: string): Promise<Principal> {
    const { principal } = request.visitor.session;
    const verdict = mayAsk(principal.actor, question, pilot);
    if (verdict.allowed) return principal;
    await this.engine.accessLog.refused({ ...accessBy(request), code: verdict.code === 'role' ? 'role' : 'not-yours' });
    throw verdict.code === 'role' ? new Problem('role-not-allowed', `${verdict.reason}.`) : notFound();
  }
}
