import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddressError, readAddress } from './address.js';
import { Nodes } from './nodes.js';

const folder = mkdtempSync(join(tmpdir(), 'throughcare-address-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const at = (connectionString: string) => readAddress({ connectionString });

describe('An address of EventStoreDB', () => {
  it('names one node, by TLS unless it says otherwise', () => {
    expect(at('esdb://es.example')).toMatchObject({ nodes: [{ address: 'es.example', port: 2113 }], discover: false, secure: true });
    expect(at('esdb://127.0.0.1:2114/?tls=false')).toMatchObject({ nodes: [{ address: '127.0.0.1', port: 2114 }], secure: false });
  });

  it('names all nodes of a cluster, or one name that stands for them', () => {
    const ports = at('esdb://a:1,b:2,c').nodes.map(({ address, port }) => `${address}:${port}`);
    expect(ports).toEqual(['a:1', 'b:2', 'c:2113']);
    expect(at('esdb+discover://cluster.example')).toMatchObject({ discover: true, nodes: [{ address: 'cluster.example' }] });
    expect(() => at('esdb+discover://a,b')).toThrow('takes one name');
  });

  it('has who asks in it, percent-encoded, or beside it', () => {
    const credentials = { username: 'care', password: 'a:b@c/%' };
    expect(at('esdb://care:a%3Ab%40c%2F%25@a').credentials).toEqual(credentials);
    const passwordFile = file('password', 'a:b@c/%\r\n');
    const connectionString = 'esdb://a';
    expect(readAddress({ connectionString, user: 'care', passwordFile }).credentials).toEqual(credentials);
    expect(readAddress({ connectionString, user: 'care', password: 'a:b@c/%' }).credentials).toEqual(credentials);
    expect(at('esdb://a').credentials).toBeUndefined();
  });

  it('reads who vouches for the nodes from a file', () => {
    const caFile = file('ca.crt', '-----BEGIN CERTIFICATE-----\n');
    expect(readAddress({ connectionString: 'esdb://a', caFile }).ca?.toString()).toContain('BEGIN CERTIFICATE');
    expect(at(`esdb://a?tlsCAFile=${encodeURIComponent(caFile)}`).ca).toBeDefined();
    expect(() => readAddress({ connectionString: 'esdb://a', caFile: file('key', 'x') })).toThrow('has none as PEM');
  });

  it.each([
    'http://secret-1', 'esdb://', 'esdb://a:99999', 'esdb://a,,b', 'esdb://u:secret-1@', 'esdb://secret-1@a', 'esdb://u:%secret-1@a',
    'esdb://a?secret-1=1', 'esdb://a?tls=secret-1', 'esdb://a?gossipTimeout=secret-1', 'esdb://u:secret-1@a?nodePreference=random',
    'esdb://u:secret-1@a?tls=false', 'esdb://a?tlsCAFile=/no/such', 'esdb://a?tls=false&tlsCAFile=/no/such',
  ])('is refused as %s, without showing what it held', (connectionString) => {
    expect(() => at(connectionString)).toThrow(AddressError);
    expect(() => at(connectionString)).not.toThrow('secret-1');
  });

  it('is told from another by its nodes and its user, never by a password', () => {
    expect(at('esdb://u:secret@a,b').name).not.toContain('secret');
    expect(at('esdb://u:p@a').name).toBe(at('esdb://u:q@a:2113?gossipTimeout=3').name);
    expect(new Set(['esdb://a', 'esdb://a,b', 'esdb+discover://a', 'esdb://u:p@a'].map((address) => at(address).name)).size).toBe(4);
  });
});

describe('A node that left us without an answer', () => {
  it('is not asked who leads for a while, unless no other is left', () => {
    let now = 0;
    const nodes = new Nodes(at('esdb://a,b'), () => now);
    const asked = () => nodes.toAsk().map(({ address }) => address);
    expect(asked()).toEqual(['a', 'b']);
    nodes.failedAt('a:2113');
    expect(asked()).toEqual(['b']);
    nodes.failedAt('b:2113');
    expect(asked()).toEqual(['a', 'b']);
    now = 60_000;
    nodes.failedAt('b:2113');
    expect(asked()).toEqual(['a']);
  });
});
