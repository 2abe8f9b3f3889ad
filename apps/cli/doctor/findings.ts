export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}

/** Throws where it is not well, in words and with what to do. */
export type Examination = () => string | Promise<string>;

/** What was looked at, in its order. */
export class Findings {
  readonly all: Finding[] = [];

  /** @returns whether it is well */
  async check(name: string, examine: Examination): Promise<boolean> {
    try {
      this.add(name, true, await examine());
      return true;
    } catch (error) {
      this.add(name, false, (error as Error).message);
      return false;
    }
  }

  add(check: string, ok: boolean, says: string): void {
    this.all.push({ check, ok, says });
  }
}

export const counted = (many: number): string => many.toLocaleString('en-GB');
