import type { Subscription } from 'rxjs';
import type { ProjectorHandle } from '../projector.js';
import { askedIn, asMessages, Line, pieces, saidIn, type Asked } from './channel.js';
import { spaceOf, type PostgresPlace } from './place.js';

/** Lets every process that reads from `place` hear what the projector of this one says, and ask it. */
export class Announcer {
  private readonly space: string;
  private readonly line: Line;
  private readonly heard: Subscription;

  constructor(
    place: PostgresPlace,
    private readonly projector: Pick<ProjectorHandle, 'changes$' | 'status' | 'retryQuarantined'>,
  ) {
    this.space = spaceOf(place);
    this.line = new Line({
      place,
      hears: askedIn(this.space),
      onHeard: (payload) => void this.answer(JSON.parse(payload) as Asked),
      onUp: () => this.tellAll(),
      onDown: () => undefined,
    });
    this.heard = projector.changes$.subscribe((message) => {
      for (const piece of pieces(message)) void this.line.say(saidIn(this.space), { kind: 'said', message: piece });
    });
  }

  async close(): Promise<void> {
    this.heard.unsubscribe();
    await this.line.close();
  }

  private tellAll(): void {
    const { generations } = this.projector.status();
    for (const message of generations.flatMap(asMessages)) {
      void this.line.say(saidIn(this.space), { kind: 'said', message });
    }
  }

  private async answer(asked: Asked): Promise<void> {
    if (asked.kind === 'tell') return this.tellAll();
    // A standby has nothing to try again: the active one answers.
    if (this.projector.status().state !== 'running') return;
    const { id } = asked;
    const answer = await this.projector.retryQuarantined().then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.message }),
    );
    await this.line.say(saidIn(this.space), { kind: 'answer', id, ...answer });
  }
}
