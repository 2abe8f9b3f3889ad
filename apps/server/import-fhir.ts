import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { bundleFiles, readBundle, type BundleContents, type Reject, type SourcePerson, type SourceRecord } from '#interop';
import { deriveId, type Actor, type Instant, type Precision } from '#kernel';
import { BulkRun, wasTaken, type BulkOrder } from './bulk.js';
import type { Engine } from './engine.js';

export interface Imported {
  people: number;
  readonly encounters: { AMB: number; EMER: number; IMP: number };
  carePlans: number;
  /** Written, whole and with the reason, to the rejects file. */
  rejected: number;
  /** Records that an earlier import took in and that have not changed since. */
  alreadyThere: number;
  /** Records that changed at their source: each is a correction of what was taken in before. */
  corrected: number;
  eventsAdded: number;
}

export interface ImportOptions {
  readonly folder: string;
  readonly rejectsFile: string;
  readonly onProgress?: (counts: Imported, file: string) => void;
}

const actor: Actor = { staff: 'fhir-import', role: 'system', organisation: 'throughcare-operations', sector: 'secondary' };

/**
 * Takes FHIR bundles in, through the same commands as everybody's. People of no pilot are people all the same: their
 * stays, contacts and plans go onto their own stream. A second import adds nothing; one that was cut off is finished by
 * the next.
 *
 * @throws Error the folder cannot be read, or the store failed
 */
export async function importFhir(engine: Engine, { folder, rejectsFile, onProgress }: ImportOptions): Promise<Imported> {
  const counts: Imported = {
    people: 0, encounters: { AMB: 0, EMER: 0, IMP: 0 }, carePlans: 0, rejected: 0, alreadyThere: 0, corrected: 0, eventsAdded: 0,
  };
  const run = new BulkRun(engine);
  const rejects = new Rejects(rejectsFile);
  for await (const { name, text } of bundleFiles(folder)) {
    const contents = readBundle(text);
    for (const reject of contents.rejects) rejects.add(name, reject);
    await new BundleImport(engine, run, counts, rejects, name).take(contents);
    counts.rejected = rejects.count;
    onProgress?.(counts, name);
  }
  await run.flush();
  await rejects.close();
  return counts;
}

class BundleImport {
  constructor(
    private readonly engine: Engine,
    private readonly run: BulkRun,
    private readonly counts: Imported,
    private readonly rejects: Rejects,
    private readonly file: string,
  ) {}

  async take({ person, encounters, carePlans }: BundleContents): Promise<void> {
    if (!person) return;
    const known = await this.register(person);
    const rejectAll = (reason: string) =>
      [...encounters, ...carePlans].forEach((record) => this.rejects.add(this.file, { reason, resource: record.resource }));
    if (!known) return rejectAll('its person was rejected');
    const byStart = <T extends { readonly startedAt: Instant; readonly id: string }>(a: T, b: T) =>
      a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.id < b.id ? -1 : 1;

    for (const encounter of [...encounters].sort(byStart)) {
      const { id, hash, class: code, startedAt, precision, endedAt, kind, provider } = encounter;
      const isStay = code === 'IMP';
      const taken = await this.send('record-encounter', hash, encounter, {
        personId: person.id, encounterId: id, class: code, occurredAt: startedAt, precision,
        ...(endedAt && { endedAt }), ...(kind && { kind }), ...(isStay && provider && { hospital: provider }),
      });
      if (taken) this.counts.encounters[code]++;
    }
    for (const plan of [...carePlans].sort(byStart)) {
      const { id, hash, startedAt, precision, endedAt, kind } = plan;
      const taken = await this.send('record-care-plan', hash, plan, {
        personId: person.id, plan: id, occurredAt: startedAt, precision, ...(endedAt && { endedAt }), ...(kind && { kind }),
      });
      if (taken) this.counts.carePlans++;
    }
    if (person.diedAt) await this.death(person, person.diedAt);
  }

  private async register(person: SourcePerson): Promise<boolean> {
    const { id, hash, given, family, birthDate, sex, nhsNumber, address, telephone } = person;
    const identity = {
      givenName: given || family, familyName: family, birthDate, sex,
      ...(nhsNumber && { nhsNumber }), ...(address && { address }), ...(telephone && { phone: telephone }),
    };
    const before = await this.engine.vault.identity(id);
    if (before && !('erased' in before) && (await this.engine.store.readStream(`person-${id}`, { limit: 1 })).length > 0) {
      const changed = JSON.stringify(before) !== JSON.stringify({ ...before, ...identity });
      if (changed) await this.engine.vault.update(id, identity);
      this.counts[changed ? 'corrected' : 'alreadyThere']++;
      this.counts.people++;
      return true;
    }
    const taken = await this.send('register-person', hash, person, { personId: id, ...identity });
    if (taken) this.counts.people++;
    return taken;
  }

  private async death({ id }: SourcePerson, { occurredAt, precision }: { occurredAt: Instant; precision: Precision }): Promise<void> {
    const outcome = await this.run.send(this.order('record-death', id, `${occurredAt}`, { personId: id, place: 'unknown', occurredAt, precision }));
    if (wasTaken(outcome)) this.counts.eventsAdded += outcome.repeated ? 0 : outcome.events.length;
    else this.rejects.add(this.file, { reason: `the death: ${outcome.detail}`, resource: { id, occurredAt } });
  }

  /** One source record as one command; its id holds the record's identity and content, so a repeat is known as one. */
  private async send(command: string, hash: string, record: SourceRecord, body: Record<string, unknown>): Promise<boolean> {
    const outcome = await this.run.send(this.order(command, record.id, hash, body));
    if (!wasTaken(outcome)) {
      this.rejects.add(this.file, { reason: outcome.detail, resource: record.resource });
      return false;
    }
    if (outcome.repeated || outcome.events.length === 0) this.counts.alreadyThere++;
    else this.counts.eventsAdded += outcome.events.length;
    if (!outcome.repeated && outcome.events.some(({ type }) => type === 'EntryCorrected')) this.counts.corrected++;
    return true;
  }

  private order(command: string, id: string, hash: string, body: Record<string, unknown>): BulkOrder {
    const commandId = deriveId('import', command, id, hash);
    return { commandId, command, body, actor, teams: [], purpose: 'import', source: `fhir:${this.file}` };
  }
}

/** One line of JSON for each record that could not be taken in. The file is made when there is a first. */
class Rejects {
  count = 0;
  private file: WriteStream | undefined;

  constructor(private readonly path: string) {}

  add(bundle: string, { reason, resource }: Reject): void {
    this.count++;
    if (!this.file) {
      mkdirSync(dirname(this.path), { recursive: true });
      this.file = createWriteStream(this.path, { flags: 'a', mode: 0o600 });
    }
    this.file.write(`${JSON.stringify({ bundle, reason, resource })}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.file ? this.file.end(resolve) : resolve()));
  }
}
