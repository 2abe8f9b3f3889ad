/** Test support: certificates of one's own for servers on loopback. Needs the program `openssl`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An authority, `ca/ca.crt`, and one certificate for every server here, `node.crt` and `node.key`, good for a month. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  mkdirSync(join(folder, 'ca'));
  writeFileSync(
    join(folder, 'extensions'),
    'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\nkeyUsage=digitalSignature,keyEncipherment\n',
  );
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca/ca.crt', '-days', '30', '-subj', '/CN=tests of Throughcare');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'node.key', '-out', 'node.csr', '-subj', '/CN=eventstoredb-node');
  openssl(
    'x509', '-req', '-in', 'node.csr', '-CA', 'ca/ca.crt', '-CAkey', 'ca.key', '-CAserial', 'serial', '-CAcreateserial',
    '-days', '30', '-extfile', 'extensions', '-out', 'node.crt',
  );
}
