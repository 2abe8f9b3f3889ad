/** Free text is sealed before anything decides on it: the domain carries ciphertext (DESIGN 7). */
import { freeTextFields } from './fields.js';
import type { Command } from './use-case.js';
import type { CommandClass } from './validate.js';

/** A copy of the command with its free text sealed for `person`; the command itself where it has none. */
export async function sealFields(
  command: Command,
  person: string | undefined,
  secrets: { sealing(person: string): Promise<(text: string) => string> },
): Promise<Command> {
  const content = { ...command } as Record<string, unknown>;
  const fields = freeTextFields(command.constructor as CommandClass).filter((field) => content[field] !== undefined);
  if (fields.length === 0) return command;
  if (person === undefined) throw new Error(`${command.constructor.name} holds words about nobody`);
  const seal = await secrets.sealing(person);
  for (const field of fields) content[field] = sealed(content[field], seal);
  return Object.assign(Object.create(Object.getPrototypeOf(command) as object) as Command, content);
}

/** One text, or several by name. */
const sealed = (value: unknown, seal: (text: string) => string): unknown =>
  typeof value === 'string'
    ? seal(value)
    : Object.fromEntries(Object.entries(value as Record<string, string>).map(([name, text]) => [name, seal(text)]));

/** `data` with every sealed text in it replaced. */
export function mapSealed(data: unknown, change: (sealed: string) => string): unknown {
  if (typeof data === 'string') return data.startsWith('sealed:v1:') ? change(data) : data;
  if (Array.isArray(data)) return data.map((item) => mapSealed(item, change));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, mapSealed(value, change)]));
}
