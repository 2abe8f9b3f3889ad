import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

interface Order {
  readonly key: string;
  readonly command: string;
  readonly body: object;
}

interface Answer {
  readonly events: readonly { readonly eventId: string }[];
  readonly personId?: string;
  readonly journeyId?: string;
}

/** Coordinators who keep sending commands, remember what was acknowledged, and repeat what was not. */
export class Clients {
  /** Event ids of every answer that arrived. */
  readonly acknowledged = new Set<string>();
  /** Of those that were answered when they were first sent: one after the other to each who sends. */
  readonly inOrder: string[][] = [];
  /** Milliseconds that somebody waited for an answer, whatever it was. */
  longestWait = 0;
  /** Sent, and no answer came: written or not, nobody knows. */
  private unanswered: Order[] = [];
  private readonly journeys: string[] = [];
  private running = false;
  commands = 0;
  repeats = 0;

  constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  /** `count` at a time, until `stop`. */
  work(count: number): Promise<unknown> {
    this.running = true;
    return Promise.all(Array.from({ length: count }, () => this.one()));
  }

  stop(): void {
    this.running = false;
  }

  /** With the same keys: each is there already or is done now, and never twice. */
  async repeatUnanswered(): Promise<void> {
    const orders = this.unanswered;
    this.unanswered = [];
    for (const order of orders) {
      this.repeats++;
      await this.send(order);
    }
  }

  private async one(): Promise<void> {
    const inOrder: string[] = [];
    this.inOrder.push(inOrder);
    while (this.running) {
      try {
        await this.step(inOrder);
      } catch {
        await pause(5); // The server is gone; the round ends soon.
      }
    }
  }

  private async step(inOrder: string[]): Promise<void> {
    const send = async (order: Order): Promise<Answer | undefined> => {
      const answer = await this.send(order);
      inOrder.push(...(answer?.events.map(({ eventId }) => eventId) ?? []));
      return answer;
    };
    const known = this.journeys[Math.floor(Math.random() * this.journeys.length)];
    if (known && Math.random() < 0.7) {
      await send(this.order('record-contact', { journeyId: known, mode: 'telephone', note: 'Rang; all well.' }));
      return;
    }
    const name = `Killtest${Math.floor(Math.random() * 1e9)}`;
    const person = await send(this.order('register-person', { givenName: 'Ann', familyName: name, birthDate: '1930-01-02' }));
    const journey = await send(
      this.order('take-referral', {
        personId: person?.personId, pathway: 'torbay-older-people', referrer: 'self', to: 'torbay-north-zone', urgency: 'soon',
        reason: 'Help at home.', accept: true,
      }),
    );
    if (journey?.journeyId) this.journeys.push(journey.journeyId);
  }

  private order(command: string, body: object): Order {
    return { key: randomUUID(), command, body };
  }

  private async send(order: Order): Promise<Answer | undefined> {
    this.commands++;
    const sent = performance.now();
    let answer: Response;
    try {
      answer = await fetch(`${this.origin}/api/commands/${order.command}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', 'idempotency-key': order.key },
        body: JSON.stringify(order.body),
      });
      const document = (await answer.json()) as Answer & { code?: string };
      if (!answer.ok) throw new Refusal(`${order.command}: ${answer.status} ${JSON.stringify(document)}`);
      for (const { eventId } of document.events) this.acknowledged.add(eventId);
      return document;
    } catch (error) {
      if (error instanceof Refusal && !error.message.includes(' 503 ')) this.refusals.push(error.message);
      else this.unanswered.push(order);
      throw error;
    } finally {
      this.longestWait = Math.max(this.longestWait, performance.now() - sent);
    }
  }

  /** Answers that should not occur. */
  readonly refusals: string[] = [];
}

class Refusal extends Error {}
