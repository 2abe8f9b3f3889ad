/** What a projector has said of its generations, wherever it works: kept for those who ask how fresh the lists are. */
import { filter, firstValueFrom, map, race, Subject, take, timer, type Observable } from 'rxjs';
import type { EventReader, Position } from '#event-store';
import type { Freshness } from './definition.js';
import type { GenerationStatus, ProjectionMessage } from './messages.js';
import { statusAfter } from './status.js';

export class Heard {
  private readonly messages = new Subject<ProjectionMessage>();
  private generations = new Map<string, GenerationStatus>();

  constructor(private readonly comparePositions: EventReader['comparePositions']) {}

  /** Every message, hot. */
  get changes$(): Observable<ProjectionMessage> {
    return this.messages.asObservable();
  }

  all(): readonly GenerationStatus[] {
    return [...this.generations.values()];
  }

  receive(message: ProjectionMessage): void {
    const status = statusAfter(this.generations.get(message.generation), message);
    // There is one served generation: the one before goes when the next takes its place.
    if (message.kind === 'served') this.forgetAll(({ served }) => served);
    this.generations.set(message.generation, status);
    this.messages.next(message);
  }

  /** What was being built is lost with the projector; what it served stands. */
  forgetUnfinished(): void {
    this.forgetAll(({ served }) => !served);
  }

  /** @param isUp whether the projector is at work as far as is known */
  freshness(isUp: boolean): Freshness | undefined {
    const served = this.served();
    if (!served) return undefined;
    const { position, ordinal, eventsBehind, knownAt: asOf, incomplete, state } = served;
    const status = state === 'stopped' ? 'stopped' : state === 'live' && isUp ? 'live' : 'catchingUp';
    return { position, ordinal, eventsBehind, asOf, incomplete, status };
  }

  /** Resolves true once what is served includes the event at `position`; false when that took too long. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    const reached = () => {
      const at = this.served()?.position;
      return at !== undefined && this.comparePositions(at, position) >= 0;
    };
    if (reached()) return Promise.resolve(true);
    const there = this.messages.pipe(filter(reached), map(() => true));
    const late = timer(timeoutMs).pipe(map(() => false));
    return firstValueFrom(race(there, late).pipe(take(1)), { defaultValue: false });
  }

  complete(): void {
    this.messages.complete();
  }

  private served(): GenerationStatus | undefined {
    return this.all().find(({ served }) => served);
  }

  private forgetAll(goes: (generation: GenerationStatus) => boolean): void {
    this.generations = new Map([...this.generations].filter(([, generation]) => !goes(generation)));
  }
}
