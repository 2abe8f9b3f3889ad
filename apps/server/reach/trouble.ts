/** What is wrong with a server that we need, in an operator's words, and what to do. */
export interface Trouble {
  readonly says: string;
  /** True where waiting alone does not mend it. */
  readonly stays: boolean;
}
