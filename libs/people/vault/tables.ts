import type { Kept } from '#database';

/** Ciphertext and HMACs only. */
export interface VaultTables {
  readonly vault_key: {
    readonly master_check: Uint8Array;
    /** Grows with every key that is taken out: whoever keeps keys in memory looks at it. */
    readonly changes: number;
  };
  readonly person: {
    readonly person: string;
    readonly wrapped_key: Uint8Array | null;
    readonly identity: Uint8Array | null;
    readonly nhs_number_index: Uint8Array | null;
    readonly surname_index: Uint8Array | null;
    readonly destroyed_at: string | null;
    readonly destroyed_reason: string | null;
  };
  readonly likeness: { readonly likeness: Uint8Array; readonly person: string };
}

/** `vault.db`. */
export const keptByVault: Kept<VaultTables> = {
  name: 'vault',
  copied: [
    { table: 'vault_key', by: ['master_check'] },
    { table: 'person', by: ['person'] },
    { table: 'likeness', by: ['likeness', 'person'] },
  ],
  migrations: [
    ({ text, bytes, keyed, plain }) => [
      `create table vault_key (master_check ${bytes} not null) ${plain}`,
      `create table person (
        person ${text} primary key,
        wrapped_key ${bytes},
        identity ${bytes},
        nhs_number_index ${bytes} unique,
        surname_index ${bytes},
        destroyed_at ${text},
        destroyed_reason ${text}
      ) ${keyed}`,
      'create index person_by_surname on person (surname_index) where surname_index is not null',
    ],
    ({ text, bytes, keyed }) => [
      `create table likeness (likeness ${bytes} not null, person ${text} not null, primary key (likeness, person)) ${keyed}`,
      'create index likeness_of_person on likeness (person)',
    ],
    ({ whole }) => [
      `alter table vault_key add column changes ${whole} not null default 0`,
      'create index person_destroyed on person (destroyed_at) where destroyed_at is not null',
    ],
  ],
};
