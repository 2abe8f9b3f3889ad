/**
 * How long a way through pages takes by the keystroke-level model (Card, Moran and Newell, The keystroke-level model for
 * user performance time with interactive systems, Communications of the ACM 23(7), 1980): every operator is counted as it
 * is carried out in a real browser. The model is of somebody practised who makes no mistake; what somebody new has to
 * read is added apart.
 */
import type { Locator, Page } from 'playwright-core';

/** Seconds, from the paper: K for an average typist who is no secretary (40 words a minute), also for a mouse button. */
const seconds = { K: 0.28, P: 1.1, H: 0.4, M: 1.35 } as const;
/** Silent reading of English prose, words a minute (Brysbaert, Journal of Memory and Language 109, 2019). */
const READING = 238;

type Operator = keyof typeof seconds;

export class Model {
  private readonly counted: Record<Operator, number> = { K: 0, P: 0, H: 0, M: 0 };
  private hand: 'mouse' | 'keyboard' = 'mouse';
  private words = 0;
  fields = 0;

  constructor(readonly page: Page) {}

  /** Think, point, press. */
  async click(what: Locator): Promise<void> {
    this.count('M');
    this.moveTo('mouse');
    this.count('P');
    this.count('K');
    await what.click();
  }

  /** One field answered by choosing. */
  async choose(what: Locator): Promise<void> {
    this.fields++;
    await this.click(what);
  }

  /** One field answered by typing: go there, then every character is a key. */
  async type(field: Locator, text: string): Promise<void> {
    this.fields++;
    await this.click(field);
    this.moveTo('keyboard');
    this.count('K', text.length);
    await this.page.keyboard.type(text);
  }

  /** What of the page somebody new reads, as it is seen: not what only a screen reader says. */
  async read(...parts: readonly Locator[]): Promise<void> {
    for (const part of parts)
      for (const element of await part.all()) {
        const unseen = (await element.locator('.nhsuk-u-visually-hidden').allInnerTexts()).join(' ');
        this.words += wordsIn(await element.innerText()) - wordsIn(unseen);
      }
  }

  get result() {
    const { K, P, H, M } = this.counted;
    const operating = K * seconds.K + P * seconds.P + H * seconds.H + M * seconds.M;
    const reading = (this.words / READING) * 60;
    return {
      fields: this.fields,
      ...this.counted,
      words: this.words,
      operating: rounded(operating),
      reading: rounded(reading),
    };
  }

  private count(operator: Operator, times = 1): void {
    this.counted[operator] += times;
  }

  private moveTo(hand: 'mouse' | 'keyboard'): void {
    if (hand !== this.hand) this.count('H');
    this.hand = hand;
  }
}

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

const rounded = (value: number): number => Number(value.toFixed(1));
