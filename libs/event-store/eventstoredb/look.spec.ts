import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificates } from '../../../test/support/certificates.js';
import { describeUnless } from '../../../test/support/left-out.js';
import { lookAtNodes } from './look.js';
import { isOnPath } from './server.js';

const servers: (Server & { closeAllConnections?(): void })[] = [];
afterEach(async () => {
  for (const server of servers) server.closeAllConnections?.();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening<S extends Server>(server: S): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** As a node answers of itself and of its cluster; those who name themselves wrongly are refused. */
const aNode = (state: string): RequestListener => (request, answer) => {
  const { authorization } = request.headers;
  if (authorization !== undefined && authorization !== `Basic ${Buffer.from('ann:secret').toString('base64')}`) return answer.writeHead(401).end();
  if (request.url === '/info') return answer.end(JSON.stringify({ esVersion: '23.10.6.0', state }));
  const members = [{ isAlive: true, state: 'Leader' }, { isAlive: true, state: 'Follower' }, { isAlive: false, state: 'Follower' }];
  return answer.end(JSON.stringify({ members }));
};

describe('Who looks at each node of EventStoreDB', () => {
  const plain = (...ports: number[]) => lookAtNodes({ connectionString: `esdb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}?tls=false` });

  it('is told which of them leads and which follows, of what version, and how many see each other', async () => {
    const [leader, follower] = [await listening(createServer(aNode('leader'))), await listening(createServer(aNode('follower')))];
    expect(await plain(leader, follower)).toEqual([
      { node: `127.0.0.1:${leader}`, version: '23.10.6', state: 'leader', secure: false, alive: 2 },
      { node: `127.0.0.1:${follower}`, version: '23.10.6', state: 'follower', secure: false, alive: 2 },
    ]);
  });

  it('is told of each by itself that nothing listens there, that it says nothing, or something else', async () => {
    const gone = await listening(createServer());
    await new Promise((resolve) => servers.pop()!.close(resolve));
    const silent = await listening(createPlainServer((socket) => socket.resume()));
    const other = await listening(createServer((_, answer) => answer.writeHead(500).end()));
    const resetting = await listening(createPlainServer((socket) => socket.destroy()));
    // As whoever expects TLS and is asked without answers: an alert.
    const secure = await listening(createPlainServer((socket) => socket.on('error', () => undefined).resume().end(Buffer.from([0x15, 3, 1, 0, 2, 2, 0x46]))));
    const looks = await plain(gone, silent, other, resetting, secure);
    expect(looks.map(({ trouble }) => trouble)).toEqual(['nobodyListens', 'silent', 'other', 'resets', 'needsTls']);
    const [unknown] = await lookAtNodes({ connectionString: 'esdb://no-such-node.invalid:2113?tls=false' });
    expect(unknown!.trouble).toBe('unknownName');
  });
});

const withoutOpenssl = (await isOnPath('openssl')) ? undefined : 'no program openssl is on the PATH';

describeUnless(withoutOpenssl, 'Who looks at a node of EventStoreDB that speaks with TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-look-'));
  const caFile = join(folder, 'ca', 'ca.crt');
  beforeAll(() => makeCertificates(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const secured = () => {
    const [cert, key] = ['node.crt', 'node.key'].map((name) => readFileSync(join(folder, name)));
    return listening(createTlsServer({ cert: cert!, key: key! }, aNode('leader')));
  };

  it('is told until when its certificate holds, that nobody we know vouches for it, and that the password is wrong', async () => {
    const connectionString = `esdb://127.0.0.1:${await secured()}`;
    const [well] = await lookAtNodes({ connectionString, caFile, user: 'ann', password: 'secret' });
    expect(well).toMatchObject({ state: 'leader', secure: true });
    const day = 24 * 3_600_000;
    expect(Math.round(((well as { certificateUntil: Date }).certificateUntil.getTime() - Date.now()) / day)).toBe(30);
    const [unknown] = await lookAtNodes({ connectionString });
    expect(unknown!.trouble).toBe('certificate');
    const [wrong] = await lookAtNodes({ connectionString, caFile, user: 'ann', password: 'other' });
    expect(wrong!.trouble).toBe('credentials');
    expect(JSON.stringify(wrong)).not.toContain('other');
  });

  it('is told that it speaks without', async () => {
    const [look] = await lookAtNodes({ connectionString: `esdb://127.0.0.1:${await listening(createServer(aNode('leader')))}`, caFile });
    expect(look!.trouble).toBe('noTls');
  });
});
