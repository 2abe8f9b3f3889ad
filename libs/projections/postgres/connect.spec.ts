import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inDirectory } from '../testing/harness.js';
import { clientAt } from './connect.js';

describe('The password of a PostgreSQL user', () => {
  it('is taken from a file as it stands there, without the line break at its end', () =>
    inDirectory(async (directory) => {
      const passwordFile = join(directory, 'password');
      writeFileSync(passwordFile, 'p%ss:w@rd /x\n');
      const client = clientAt({ url: 'postgres://throughcare@db.example:5432/throughcare', passwordFile });
      expect(client).toMatchObject({ user: 'throughcare', host: 'db.example', database: 'throughcare', password: 'p%ss:w@rd /x' });
    }));

  it('is that of the address where there is no file', () => {
    expect(clientAt({ url: 'postgres://throughcare:in-address@db.example/throughcare' }).password).toBe('in-address');
  });
});
