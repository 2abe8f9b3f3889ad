/**
 * Everything that a running Throughcare is made of, put together once: the server serves it over HTTP, the command
 * line uses it without.
 */
import { extname } from 'node:path';
import { AccessLog, EmergencyAccesses, LinkSecrets, WhoViewed } from '#access';
import { authorise, Executor, type UseCase } from '#commands';
import type { Place, PostgresAddress } from '#database';
import type { EventStore, EventStoreDbAddress } from '#event-store';
import { systemClock, type Clock, type EventRegistry, type Instant } from '#kernel';
import { recordFold } from '#pathway';
import { loadKey, openVault, registerAnsweredInVault, type RegisterPerson, type Vault } from '#people';
import { joinProjection, ReadModelReader, type HelperSetup, type Projector, type ReadModelsPlace } from '#projections';
import { eventRegistry, readModels } from './catalogue.js';
import { eventStoreDbOf, postgresOf, type Config } from './config.js';
import { clocksOf, openDataDirectory, type Mode } from './data-directory.js';
import { answerLinkOf } from './answer-link.js';
import { inTurn } from './founding.js';
import { organisationsOfPerson } from './person-parts.js';
import { hasProgramme, recordProgramme } from './programme.js';
import { secretsOf } from './secrets.js';
import { agreeOn } from './shared-programme.js';
import { openAccessStore, openState, openStore, type StoreAddress } from './stores.js';
import { useCases } from './use-cases.js';

/** So long does anybody wait to be told whether what they recorded is kept, whatever is away, milliseconds. */
export const COMMAND_PATIENCE = 30_000;

export interface EngineOptions {
  readonly dataDir: string;
  /** `keys` in the data directory when absent. */
  readonly keysDir?: string | undefined;
  /** What it has to be; what the store is, or a demo where it is new, when absent. */
  readonly mode?: Mode | undefined;
  /** The embedded store in the data directory when absent. */
  readonly eventStoreDb?: EventStoreDbAddress | undefined;
  /** What several processes share; files in the data directory when absent. */
  readonly postgres?: PostgresAddress | undefined;
  /** The real clock. */
  readonly clock?: Clock;
  /** False for runs that need no read models; true when absent. */
  readonly project?: boolean;
  /** False where other processes of the same programme project, and fill what is new; true when absent. */
  readonly projectsHere?: boolean;
  /** Puts a gauge around the store of care. */
  readonly instrument?: (store: EventStore, log: 'care' | 'access') => EventStore;
  /**
   * Fills a new store before the programme's own history is written, so that simulated years come in their order. Called
   * again after a first start that was cut off: what is there already is to be left as it is.
   */
  readonly seed?: (engine: Engine) => Promise<void>;
}

export interface Engine {
  readonly mode: Mode;
  /** True in a demo: everything written here is made up. */
  readonly synthetic: boolean;
  /** Of care: the demo's own in a demo. */
  readonly clock: Clock;
  /** Of sessions and of who looked at what. */
  readonly realClock: Clock;
  /** A moment of the real clock as the clock of care shows it. */
  asShown(real: Instant): Instant;
  readonly keysDir: string;
  /** Path of a file in the data directory. */
  file(name: string): string;
  /** What is in neither log nor read models. */
  readonly state: Place;
  readonly storeAddress: StoreAddress;
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly vault: Vault;
  readonly accessLog: AccessLog;
  readonly accessStore: EventStore;
  readonly whoViewed: WhoViewed;
  readonly emergencies: EmergencyAccesses;
  /** Addresses and codes of links to answer with. */
  readonly linkSecrets: LinkSecrets;
  readonly useCases: readonly UseCase[];
  readonly executor: Executor;
  readonly reader: ReadModelReader;
  readonly readModelsPlace: ReadModelsPlace;
  /** Undefined where nothing is projected here. */
  readonly projector: Projector | undefined;
  readonly projectsHere: boolean;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** What threads of projections work with, made anew in each. */
export const projectionSetup = (options: StoreAddress): HelperSetup => ({
  module: new URL(`./projector-setup${extname(import.meta.url)}`, import.meta.url),
  options,
});

export const engineOptions = (config: Config): EngineOptions => ({
  dataDir: config.THROUGHCARE_DATA,
  keysDir: config.THROUGHCARE_KEYS,
  mode: config.THROUGHCARE_MODE,
  eventStoreDb: eventStoreDbOf(config),
  postgres: postgresOf(config),
  projectsHere: config.THROUGHCARE_ROLES.has('projector'),
});

/**
 * Opens what is in the data directory, or makes it. What was opened is closed again where a later part fails.
 *
 * @throws ConfigurationError, DirectoryInUseError, and what the parts throw: StoreUnavailableError, KeyMissingError …
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, mode: wanted, eventStoreDb, clock: realClock = systemClock, project = true, projectsHere = true } = options;
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const directory = openDataDirectory({ path: dataDir, mode: wanted, clock: realClock });
    closers.push(() => directory.release());
    const { file } = directory;
    const keysDir = options.keysDir ?? file('keys');
    const state = await openState(directory.path, options.postgres);
    closers.push(() => state.close());
    const agreed = state.isShared ? await agreeOn(state, directory.agreed, wanted) : directory.agreed;
    const { mode } = agreed;
    const { clock, asShown } = clocksOf(agreed, realClock);
    const synthetic = mode === 'demo';
    const vault = await openVault({ place: state, keys: keysDir, clock: realClock });
    closers.push(() => vault.close());
    const storeAddress: StoreAddress = eventStoreDb
      ? { kind: 'eventstoredb', ...eventStoreDb }
      : { kind: 'sqlite', file: file('log.db') };
    const [opened, openedAccess] = await Promise.all([
      openStore(storeAddress),
      openAccessStore(state, file),
    ]);
    const store = options.instrument?.(opened, 'care') ?? opened;
    const accessStore = options.instrument?.(openedAccess.store, 'access') ?? openedAccess.store;
    closers.push(() => Promise.all([store.close(), accessStore.close()]));
    const accessLog = new AccessLog({
      store: accessStore,
      node: openedAccess.node,
      commandHash: (content) => vault.commandHash(content),
      synthetic,
      clock: realClock,
    });
    closers.push(() => accessLog.close());
    const whoViewed = new WhoViewed(openedAccess.rowsFile('who-viewed'), accessStore);
    closers.push(() => whoViewed.close());
    const emergencies = new EmergencyAccesses(openedAccess.rowsFile('emergency-access'), accessStore);
    closers.push(() => emergencies.close());
    // In an emergency nobody waits for a log to be read. What fails here fails again, and is told, where it is asked.
    if (project) void emergencies.catchUp().catch(() => undefined);
    const linkSecrets = new LinkSecrets(loadKey(keysDir, 'sign-in'));
    const readModelsPlace: ReadModelsPlace = options.postgres
      ? { postgres: options.postgres }
      : { directory: file('read-models') };
    const reader = new ReadModelReader({ ...readModelsPlace, log: store });
    closers.push(() => reader.close());
    const registry = eventRegistry();
    const executor = new Executor({
      store,
      registry,
      clock,
      synthetic,
      useCases,
      secrets: secretsOf(vault),
      // The lock on the data directory says so; a cluster has other nodes.
      soleWriter: storeAddress.kind === 'sqlite',
      patience: COMMAND_PATIENCE,
      fold: recordFold as never,
      authorise: authorise({ organisationsOf: (person) => organisationsOfPerson(reader, person) }),
      before: { 'register-person': (command, stream) => registerAnsweredInVault(vault, command as RegisterPerson, stream) },
      tells: { 'issue-answer-link': (answer) => answerLinkOf(linkSecrets, answer) },
    });
    const parts = {
      mode,
      synthetic,
      clock,
      realClock,
      asShown,
      keysDir,
      file,
      state,
      storeAddress,
      store,
      registry,
      vault,
      accessLog,
      accessStore,
      whoViewed,
      emergencies,
      linkSecrets,
      useCases,
      executor,
      reader,
      readModelsPlace,
      projectsHere,
      close,
    };
    const found = async () => {
      if (!(await hasProgramme(store))) await options.seed?.({ ...parts, projector: undefined });
      await recordProgramme(store, { synthetic, recordedAt: () => clock.now() });
    };
    if (projectsHere) await inTurn(state, found);
    const projector = project
      ? joinProjection({
          place: readModelsPlace,
          log: store,
          readModels,
          works: projectsHere,
          setup: projectionSetup(storeAddress),
          spoolIn: directory.path,
          comparePositions: (a, b) => store.comparePositions(a, b),
        })
      : undefined;
    closers.push(() => projector?.stop());
    return { ...parts, projector };
  } catch (error) {
    await close();
    throw error;
  }
}
