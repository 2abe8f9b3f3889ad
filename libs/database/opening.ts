import type { Database, Kept, Place } from './place.js';

/** Opened by whoever asks first. One that could not be opened is tried again by the next who asks. */
export class Opening<Tables> {
  private opened: Promise<Database<Tables>> | undefined;

  constructor(
    private readonly place: Place,
    private readonly kept: Kept<Tables>,
  ) {}

  async database(): Promise<Database<Tables>> {
    this.opened ??= this.place.open(this.kept);
    try {
      return await this.opened;
    } catch (error) {
      this.opened = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await (await opened)?.close();
  }
}
