import type { Node, Target } from './address.js';

/** Milliseconds for which a node that left us without an answer is asked last. */
const SHUNNED = 15_000;

/**
 * The nodes to ask who leads. The client asks them in an order of its own, and a frozen one costs the whole wait each
 * time; so one that has just failed us is left out while there are others.
 */
export class Nodes {
  private readonly failed = new Map<string, number>();

  constructor(private readonly target: Target, private readonly now: () => number = Date.now) {}

  get all(): number {
    return this.target.nodes.length;
  }

  failedAt(node: string): void {
    this.failed.set(node, this.now());
  }

  toAsk(): readonly Node[] {
    const { nodes } = this.target;
    const well = nodes.filter(({ address, port }) => this.now() - (this.failed.get(`${address}:${port}`) ?? -Infinity) > SHUNNED);
    return well.length > 0 ? well : nodes;
  }
}
