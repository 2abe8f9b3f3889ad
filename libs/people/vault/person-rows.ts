/** The vault's queries, in one place; rows hold ciphertext and HMACs only. */
import { sql } from 'kysely';
import type { Queries } from '#database';
import { destructionReasons, type Destruction } from './destroyed-log.js';
import type { VaultTables } from './tables.js';

export interface StoredPerson {
  readonly person: string;
  readonly wrapped_key: Uint8Array | null;
  readonly identity: Uint8Array | null;
  readonly destroyed_at: string | null;
}

export interface SealedIdentity {
  readonly identity: Buffer;
  readonly nhsNumberIndex: Buffer | null;
  readonly surnameIndex: Buffer;
  readonly likenesses: readonly Buffer[];
}

export interface NewPerson {
  readonly person: string;
  readonly wrappedKey: Buffer;
  readonly sealed: SealedIdentity;
}

/** Rows of one statement: well under what either database takes. */
const AT_ONCE = 500;

export class PersonRows {
  constructor(private readonly queries: Queries<VaultTables>) {}

  async get(person: string): Promise<StoredPerson | undefined> {
    return this.stored().where('person', '=', person).executeTakeFirst();
  }

  /** Those that are there, in no order. */
  many(people: readonly string[]): Promise<readonly StoredPerson[]> {
    return inParts(people, (part) => this.stored().where('person', 'in', part).execute());
  }

  async withNhsNumber(index: Buffer): Promise<string | undefined> {
    const [holder] = await this.holdersOf([index]);
    return holder?.person;
  }

  holdersOf(indexes: readonly Buffer[]): Promise<readonly { readonly person: string; readonly index: Uint8Array }[]> {
    return inParts(indexes, async (part) => {
      const rows = await this.queries
        .selectFrom('person')
        .select(['person', 'nhs_number_index'])
        .where('nhs_number_index', 'in', part)
        .execute();
      return rows.map(({ person, nhs_number_index: index }) => ({ person, index: index! }));
    });
  }

  async withSurname(index: Buffer): Promise<readonly string[]> {
    const rows = await this.people().where('surname_index', '=', index).execute();
    return rows.map(({ person }) => person);
  }

  async withAnyNhsNumber(): Promise<readonly string[]> {
    const rows = await this.people().where('nhs_number_index', 'is not', null).execute();
    return rows.map(({ person }) => person);
  }

  async withLikeness(likenesses: readonly Buffer[]): Promise<readonly string[]> {
    const rows = await this.queries
      .selectFrom('likeness')
      .select('person')
      .distinct()
      .where('likeness', 'in', likenesses)
      .orderBy('person')
      .execute();
    return rows.map(({ person }) => person);
  }

  async insert(people: readonly NewPerson[]): Promise<void> {
    await inParts(people, async (part) => {
      const rows = part.map(({ person, wrappedKey, sealed }) => ({ person, wrapped_key: wrappedKey, ...columnsOf(sealed) }));
      await this.queries.insertInto('person').values(rows).execute();
      return [];
    });
    await this.addLikenesses(people);
  }

  async replace(person: string, sealed: SealedIdentity): Promise<void> {
    await this.queries
      .updateTable('person')
      .set(columnsOf(sealed))
      .where('person', '=', person)
      .where('destroyed_at', 'is', null)
      .execute();
    await this.removeLikenesses([person]);
    await this.addLikenesses([{ person, sealed }]);
  }

  async remove(person: string): Promise<void> {
    await this.queries.deleteFrom('person').where('person', '=', person).execute();
    await this.removeLikenesses([person]);
    await this.keysChanged();
  }

  /** Also where the row is not there yet: the id must not be registered again. */
  async erase(destructions: readonly Destruction[]): Promise<void> {
    await inParts(destructions, async (part) => {
      const rows = part.map(({ person, at, reason }) => ({ person, destroyed_at: at, destroyed_reason: reason }));
      await this.queries
        .insertInto('person')
        .values(rows)
        .onConflict((conflict) => conflict.column('person').doUpdateSet(({ ref }) => ({
          wrapped_key: null,
          identity: null,
          nhs_number_index: null,
          surname_index: null,
          destroyed_at: ref('excluded.destroyed_at'),
          destroyed_reason: ref('excluded.destroyed_reason'),
        })))
        .execute();
      await this.removeLikenesses(part.map(({ person }) => person));
      return [];
    });
    await this.keysChanged();
  }

  /** In the order in which it was done. */
  async destructions(): Promise<readonly Destruction[]> {
    const rows = await this.queries
      .selectFrom('person')
      .select(['person', 'destroyed_at', 'destroyed_reason'])
      .where('destroyed_at', 'is not', null)
      .orderBy('destroyed_at')
      .execute();
    return rows.map(({ person, destroyed_at: at, destroyed_reason: because }) => {
      const reason = destructionReasons.find((known) => known === because);
      if (!reason) throw new Error(`the vault holds a destroyed key without a reason that is known: ${because}`);
      return { person, reason, at: at! };
    });
  }

  async masterCheck(): Promise<Uint8Array | undefined> {
    const row = await this.queries.selectFrom('vault_key').select('master_check').executeTakeFirst();
    return row?.master_check;
  }

  async setMasterCheck(check: Buffer): Promise<void> {
    await this.queries.insertInto('vault_key').values({ master_check: check, changes: 0 }).execute();
  }

  /** Another number after any key was taken out, by whatever process. */
  async changes(): Promise<number> {
    const { changes } = await this.queries.selectFrom('vault_key').select('changes').executeTakeFirstOrThrow();
    return changes;
  }

  /** True of a vault from before there were likenesses. */
  async lacksLikenesses(): Promise<boolean> {
    const one = await this.queries.selectFrom('likeness').select('person').limit(1).executeTakeFirst();
    return one === undefined;
  }

  async identified(): Promise<readonly string[]> {
    const rows = await this.people().where('identity', 'is not', null).execute();
    return rows.map(({ person }) => person);
  }

  async addLikenesses(people: readonly { readonly person: string; readonly sealed: Pick<SealedIdentity, 'likenesses'> }[]): Promise<void> {
    const rows = people.flatMap(({ person, sealed }) => sealed.likenesses.map((likeness) => ({ person, likeness })));
    await inParts(rows, async (part) => {
      await this.queries.insertInto('likeness').values(part).onConflict((conflict) => conflict.doNothing()).execute();
      return [];
    });
  }

  private async removeLikenesses(people: readonly string[]): Promise<void> {
    await this.queries.deleteFrom('likeness').where('person', 'in', people).execute();
  }

  private async keysChanged(): Promise<void> {
    await this.queries.updateTable('vault_key').set({ changes: sql<number>`changes + 1` }).execute();
  }

  private stored() {
    return this.queries.selectFrom('person').select(['person', 'wrapped_key', 'identity', 'destroyed_at']);
  }

  private people() {
    return this.queries.selectFrom('person').select('person').orderBy('person');
  }
}

const columnsOf = (sealed: SealedIdentity) => ({
  identity: sealed.identity,
  nhs_number_index: sealed.nhsNumberIndex,
  surname_index: sealed.surnameIndex,
});

async function inParts<In, Out>(all: readonly In[], work: (part: readonly In[]) => Promise<readonly Out[]>): Promise<readonly Out[]> {
  const found: Out[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) found.push(...(await work(all.slice(from, from + AT_ONCE))));
  return found;
}
