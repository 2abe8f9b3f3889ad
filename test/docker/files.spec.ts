import { existsSync, globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settings } from '../../apps/server/config.js';
import { startServer, type Running } from '../../apps/server/testing/running.js';

const read = (file: string) => readFileSync(file, 'utf8');
const instructions = read('docker/Dockerfile')
  .replace(/^\s*#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n');
const final = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
const argumentsOf = (lines: readonly string[], word: string) =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

describe('The image', () => {
  it('runs as somebody who is not root, says whether it is ready, and is asked to stop before it is made to', () => {
    expect(argumentsOf(final, 'USER')).toEqual(['10001:10001']);
    expect(argumentsOf(final, 'HEALTHCHECK')).toEqual([expect.stringContaining('docker/healthy.js')]);
    expect(argumentsOf(final, 'STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('is production unless somebody says otherwise, and keeps data and keys apart', () => {
    expect(argumentsOf(final, 'ENV').join(' ')).toMatch(/NODE_ENV=production/);
    expect(argumentsOf(final, 'VOLUME')).toEqual(['["/data", "/keys"]']);
  });

  it('copies only what is there, and nothing that the builder is not sent', () => {
    const sent = read('.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const copied = argumentsOf(instructions, 'COPY')
      .filter((line) => !line.startsWith('--from='))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(copied).toContain('package-lock.json');
    for (const path of copied) {
      expect(existsSync(path)).toBe(true);
      expect(sent).toContain(path);
    }
  });

  it('holds no secret: none is an argument, a variable or a file of ours', () => {
    const said = [...argumentsOf(instructions, 'ARG'), ...argumentsOf(instructions, 'ENV')].join('\n');
    expect(said).not.toMatch(/secret|password|token/i);
    expect(read('.dockerignore').split('\n')).toContain('*');
    expect(read('.dockerignore')).not.toMatch(/^!.*(data|keys|\.git)$/m);
  });
});

describe('Every compose file', () => {
  it('sets only what the product knows', () => {
    for (const file of globSync('docker/compose*.yml')) {
      const names = [...read(file).matchAll(/^\s+((?:THROUGHCARE|EVENTSTOREDB|OIDC)_\w+):/gm)].map(([, name]) => name!);
      expect([file, names.filter((name) => !(name in settings))]).toEqual([file, []]);
    }
  });
});

describe('The processes of the cluster', () => {
  const cluster = read('docker/compose.cluster.yml');
  const watched = (name: string) => [...read(`docker/prometheus/watched/${name}.yml`).matchAll(/'([\w-]+):3000'/g)].map(([, service]) => service!);
  const services = /\nservices:\n(.*?)\nnetworks:/s.exec(cluster)![1]!.split(/^(?= {2}[\w-]+:$)/m);

  it('are all watched, the one that stands by too, and on one node the one there is', () => {
    const ours = services.filter((service) => service.includes('cluster-keys:/keys'));
    expect(watched('cluster')).toEqual(ours.map((service) => /^ {2}([\w-]+):$/m.exec(service)![1]));
    expect(watched('one-node')).toEqual(['throughcare']);
  });

  it('that Prometheus is told of are read where the compose files put them', () => {
    const place = /- files: \[(\S+)\]/.exec(read('docker/prometheus/prometheus.yml'))![1];
    for (const [file, name] of [['watch', 'one-node'], ['cluster.watch', 'cluster']])
      expect(read(`docker/compose.${file}.yml`)).toContain(`./prometheus/watched/${name}.yml:${place}:ro`);
  });
});

describe('What is watched', () => {
  let server: Running;
  let known: Set<string>;
  beforeAll(async () => {
    server = await startServer({ react: true });
    await server.command('register-person', { givenName: 'E', familyName: 'Smith', birthDate: '1925-03-01' });
    const { text } = (await server.ask('/metrics')).body as { text: string };
    known = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name!],
      ),
    );
  });
  afterAll(() => server.stop());

  const alerts = read('docker/prometheus/alerts.yml');
  const dashboards = globSync('docker/grafana/dashboards/*.json').map(read);
  const namesIn = (text: string) => [...new Set(text.match(/\bthroughcare_\w+/g))];

  it('is measured by the product, every name in the alerts and on the dashboard', () => {
    for (const text of [alerts, ...dashboards]) {
      expect(namesIn(text).length).toBeGreaterThan(3);
      expect(namesIn(text).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it('has a section for every alert that says what it means and what to do', () => {
    const headings = [...read('docs/operations.md').matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading!);
    const names = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
    expect(headings).toEqual(names);
    const links = [...alerts.matchAll(/runbook: docs\/operations\.md#(\w+)/g)].map(([, anchor]) => anchor);
    expect(links).toEqual(names.map((name) => name.toLowerCase()));
  });
});
