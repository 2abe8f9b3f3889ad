import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { engineOptions, openEngine, type Engine } from '../../server/engine.js';
import { readConfig, signInOf, webhooksOf } from '../../server/config.js';
import { OUTBOX_FILE } from '../../server/reactions.js';
import { outboxSummary } from '#reactions';
import { exit, output } from '../output.js';
import { releaseUnfinished, unfinishedRegistrations } from './unfinished-registrations.js';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}

/** `throughcare doctor`: what is wrong, and what to do about it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('check the machine, the settings and the store, and say what to do; exit 1 where something is wrong')
    .option('--json', 'one JSON document as the last line')
    .option('--release-unfinished', 'free the NHS numbers of registrations that were cut short; while nobody else writes')
    .action(async ({ json = false, releaseUnfinished: release = false }: { json?: boolean; releaseUnfinished?: boolean }) => {
      const findings = await examine(release);
      output(json).answer(
        { ok: findings.every(({ ok }) => ok), findings },
        findings.map(({ check, ok, says }) => `${ok ? 'well ' : 'WRONG'}  ${check}: ${says}`),
      );
      if (findings.some(({ ok }) => !ok)) process.exitCode = exit.no;
    });

const LEAST_FREE = 1024 ** 3;

async function examine(release: boolean): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const check = async (name: string, work: () => string | Promise<string>): Promise<boolean> => {
    try {
      findings.push({ check: name, ok: true, says: await work() });
      return true;
    } catch (error) {
      findings.push({ check: name, ok: false, says: (error as Error).message });
      return false;
    }
  };

  await check('node', () => {
    const [major = 0] = process.versions.node.split('.').map(Number);
    if (major < 24) throw new Error(`${process.version} is too old: run it through npm (npx throughcare), which brings Node 24`);
    return process.version;
  });
  if (!(await check('configuration', () => {
    readConfig(process.env);
    return 'every variable can be read';
  }))) return findings;
  const config = readConfig(process.env);
  await check('disk', () => {
    let folder = resolve(config.THROUGHCARE_DATA);
    while (!existsSync(folder)) folder = dirname(folder);
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    if (free < LEAST_FREE) throw new Error(`${Math.round(free / 1024 ** 2)} MB free at ${folder}: make room before the log cannot grow`);
    return `${Math.round(free / 1024 ** 3)} GB free at ${folder}`;
  });
  if (!existsSync(config.THROUGHCARE_DATA)) {
    findings.push({ check: 'store', ok: true, says: `nothing at ${config.THROUGHCARE_DATA} yet; npm start makes a demo there` });
    return findings;
  }
  let engine: Engine | undefined;
  await check('store', async () => {
    engine = await openEngine({ ...engineOptions(config), project: false });
    const head = await engine.store.head();
    return `${engine.mode}, ${engine.storeAddress.kind}, ${head.ordinal === undefined ? 'not empty' : `${head.ordinal.toLocaleString('en-GB')} events`}`;
  });
  if (!engine) return findings;
  const opened = engine;
  const { mode, reader, clock, registry, file } = opened;
  await check('registrations', () => (release ? released(opened) : allFinished(opened)));
  await check('sign-in', () => {
    const { kind } = signInOf(process.env, mode);
    return kind === 'openid' ? `OpenID provider ${config.OIDC_ISSUER}` : 'development personas; not for real people';
  });
  await check('read models', async () => {
    const { freshness } = await reader.withFreshness(async () => undefined);
    if (freshness.incomplete > 0) {
      throw new Error(`${freshness.incomplete} records could not be read in full: see /status, install the fix and start again`);
    }
    return `up to event ${freshness.ordinal.toLocaleString('en-GB')}, ${freshness.eventsBehind.toLocaleString('en-GB')} behind (a running server catches up)`;
  });
  await check('webhooks', () => {
    const to = webhooksOf(config, registry.all().map(({ type }) => type)).length;
    const box = file(OUTBOX_FILE);
    if (!existsSync(box)) return `${to} receivers; nothing has been told yet`;
    const { counts, undelivered } = outboxSummary(box);
    const lost = undelivered.find(({ state }) => state === 'dead');
    if (lost) {
      throw new Error(
        `${counts.dead} given up (${lost.subscription} ${lost.reason ?? ''}): mend the receiver and start the server again, which sends them anew`,
      );
    }
    return `${to} receivers; ${counts.pending} waiting, ${counts.delivered} delivered, ${counts.notSent} only shown, not sent`;
  });
  await check('clock', () => `care is at ${clock.now()}${mode === 'demo' ? ', the demo\'s own clock' : ''}`);
  await engine.close();
  return findings;
}

async function allFinished(engine: Engine): Promise<string> {
  const unfinished = await unfinishedRegistrations(engine);
  if (unfinished.length === 0) return 'everybody who holds an NHS number has a record';
  throw new Error(
    `${unfinished.length} were cut short, and nobody else can be registered with their NHS numbers: send them again ` +
      'under the same Idempotency-Key, or free the numbers with throughcare doctor --release-unfinished',
  );
}

async function released(engine: Engine): Promise<string> {
  const count = await releaseUnfinished(engine);
  return count === 0 ? 'none was cut short' : `${count} that were cut short were taken out; register these people again`;
}
