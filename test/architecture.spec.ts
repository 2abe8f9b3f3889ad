import { readdirSync, readFileSync, globSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from '@jest/globals';

const config = (await import(new URL('../.dependency-cruiser.mjs', import.meta.url).href)) as {
  default: { forbidden: object[]; options: object };
  allowed: Record<string, string[]>;
};

const violations = async (roots: string[]): Promise<string[]> => {
  const { options, forbidden } = config.default;
  const result = await cruise(
    roots,
    { ...options, ruleSet: { forbidden }, validate: true } as never,
    undefined,
    { tsConfig: extractTSConfig('tsconfig.json') } as never,
  );
  return (result.output as ICruiseResult).summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`);
};

describe('The house', () => {
  it('holds its import rules everywhere', async () => {
    expect(await violations(['libs', 'apps'])).toEqual([]);
  }, 60_000);

  it('names a room for every folder under libs, and a folder for every room', () => {
    expect(Object.keys(config.allowed).sort()).toEqual(readdirSync('libs').sort());
  });

  it('keeps domain code away from Nest, the clock, chance and the outside world', () => {
    const suspicious = /\bDate\b|Math\.random|process\.|@nestjs|node:|\bfetch\(/;
    const found = globSync('libs/*/domain/**/*.ts')
      .filter((file) => !/\.spec\.ts$|\/testing\//.test(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && suspicious.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  it('keeps every source file short enough to read in one sitting', () => {
    const long = globSync('{apps,libs}/**/*.ts')
      .map((file) => [file, readFileSync(file, 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 330)
      .map(([file, lines]) => `${file}: ${lines} lines`);
    expect(long).toEqual([]);
  });

  it('numbers each decision record once', () => {
    const numbers = readdirSync('docs/adr').map((file) => file.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
  });
});
