/**
 * Long runs through the same commands as everybody's: the simulated programme, imports. They repeat safely, so they
 * write behind; nobody is answered before the flush.
 */
import { Executor, Problem, Refused, commandFrom, type Command, type CommandAnswer, type UseCase } from '#commands';
import { WriteBehind } from '#event-store';
import type { Actor, Clock, Instant, Purpose } from '#kernel';
import { recordFold } from '#pathway';
import { registerAheadInVault, registerInVault, RegisterPerson, registerPerson, type Vault } from '#people';
import type { Engine } from './engine.js';
import { secretsOf } from './secrets.js';

export interface BulkOrder {
  readonly commandId: string;
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly teams: readonly string[];
  readonly purpose: Purpose;
  readonly source: string;
  /** When it happens and is recorded, in a simulation. Absent: recorded now, and care has happened by the real now. */
  readonly at?: Instant;
}

export type BulkOutcome = CommandAnswer | { readonly refused: string; readonly detail: string };

/** Whether an order was taken or refused; a refusal changes nothing. */
export const wasTaken = (outcome: BulkOutcome): outcome is CommandAnswer => 'revision' in outcome;

/** Appends on their way at a time on the embedded store, which keeps the order of calls. */
const IN_FLIGHT = 512;
/** Records kept folded. A person of a long history weighs far more than one of the simulation. */
const KEPT = 20_000;

export class BulkRun {
  private readonly store: WriteBehind;
  private readonly vault: Vault;
  private readonly executor: Executor;
  private readonly byName: ReadonlyMap<string, UseCase>;
  private at: Instant | undefined;

  constructor(engine: Pick<Engine, 'store' | 'storeAddress' | 'registry' | 'clock' | 'realClock' | 'synthetic' | 'vault' | 'useCases'>) {
    this.vault = engine.vault;
    this.store = new WriteBehind(engine.store, { inFlight: engine.storeAddress.kind === 'sqlite' ? IN_FLIGHT : 1 });
    const clock: Clock = { now: () => this.at ?? engine.clock.now() };
    const careClock: Clock = { now: () => this.at ?? engine.realClock.now() };
    this.executor = new Executor({
      store: this.store,
      registry: engine.registry,
      clock,
      careClock,
      synthetic: engine.synthetic,
      useCases: engine.useCases,
      secrets: secretsOf(engine.vault),
      fold: recordFold as never,
      // Whoever may start the run may write what it holds; each entry still says by which team.
      authorise: () => undefined,
      before: { 'register-person': (command, stream) => registerInVault(engine.vault, command as RegisterPerson, stream) },
      keptRecords: KEPT,
    });
    this.byName = new Map(engine.useCases.map((useCase) => [useCase.name, useCase]));
  }

  /** Who is registered by orders that come next, durable with one flush to disk instead of one each. */
  async registerAhead(orders: readonly Pick<BulkOrder, 'command' | 'commandId' | 'body'>[]): Promise<void> {
    const people = orders
      .filter(({ command }) => command === registerPerson.name)
      .map(({ commandId, body }) => {
        const command = commandFrom(RegisterPerson, body);
        return { command, stream: registerPerson.stream(command, commandId) };
      });
    if (people.length > 0) await registerAheadInVault(this.vault, people);
  }

  /** @throws Error there is no such command, or the store failed */
  async send({ commandId, command: name, body, actor, teams, purpose, source, at }: BulkOrder): Promise<BulkOutcome> {
    const useCase = this.byName.get(name);
    if (!useCase) throw new Error(`there is no command ${name}`);
    this.at = at;
    try {
      const command = commandFrom<Command>(useCase.command, body);
      return await this.executor.execute(command, { commandId, actor, teams, purpose, source });
    } catch (error) {
      if (error instanceof Refused || error instanceof Problem) return { refused: error.code, detail: error.detail };
      throw error;
    }
  }

  /** Resolves when everything that was taken is durable. */
  flush(): Promise<void> {
    return this.store.flush();
  }
}
