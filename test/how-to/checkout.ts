import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { edited, type RunCommands, type Step } from './guide.js';

const folders = ['apps', 'bin', 'docs', 'libs', 'samples', 'scripts', 'test'];

/** Of npm and Jest around this test; what a reader runs in a shell starts without them. */
const inherited = /^(npm_|JEST_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|INIT_CWD$|THROUGHCARE_)/i;
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));

/** The repository as somebody finds it who has just cloned it and run `npm ci`, in a folder of its own. */
export class Checkout {
  readonly directory = mkdtempSync(join(tmpdir(), 'throughcare-how-to-'));

  constructor() {
    const files = readdirSync('.', { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const name of [...folders, ...files.map((file) => file.name)]) {
      cpSync(name, this.path(name), { recursive: true });
    }
    symlinkSync(join(process.cwd(), 'node_modules'), this.path('node_modules'));
  }

  /** @throws Error where the step does not go as the page says */
  take(step: Step): void {
    if (step.kind === 'run') return this.run(step);
    const file = this.path(step.path);
    mkdirSync(dirname(file), { recursive: true });
    if (step.kind === 'write') writeFileSync(file, step.text, { flag: 'wx' });
    else writeFileSync(file, edited(readFileSync(file, 'utf8'), step));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private path(name: string): string {
    return join(this.directory, name);
  }

  private run({ commands, fails, shows }: RunCommands): void {
    const { status, stdout: printed } = spawnSync('sh', ['-ec', `exec 2>&1\n${commands}`], {
      cwd: this.directory,
      env: environment,
      encoding: 'utf8',
    });
    const problem = (what: string) => new Error(`${what}:\n${commands}\n${printed}`);
    if ((status !== 0) !== fails) throw problem(`Ended with ${status}`);
    let from = 0;
    for (const part of shows) {
      const at = printed.indexOf(part, from);
      if (at < 0) throw problem(`Did not print "${part}"`);
      from = at + part.length;
    }
  }
}
