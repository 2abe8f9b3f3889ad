import { describe, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { LinkSecrets } from './link-secrets.js';

const secrets = new LinkSecrets(Buffer.alloc(32, 7));
const journey = deriveId('journey', 'hers');
const link = deriveId('answer-link', 'one');
const { token, code } = secrets.of(journey, link);

describe('The address and the code of a link to answer with', () => {
  it('are the same again for the same link, so that whoever made it and lost the answer is told them once more', () => {
    expect(new LinkSecrets(Buffer.alloc(32, 7)).of(journey, link)).toEqual({ token, code });
  });

  it('fit a message and a telephone call: 43 letters, six digits', () => {
    expect(token).toMatch(/^[\w-]{43}$/);
    for (let i = 0; i < 2000; i++) expect(secrets.of(journey, deriveId('answer-link', i)).code).toMatch(/^\d{6}$/);
  });

  it('open this link alone, on this journey alone, under this key alone', () => {
    expect(secrets.isToken(token, journey, link)).toBe(true);
    expect(secrets.isCode(code, journey, link)).toBe(true);
    for (const [where, which] of [
      [journey, deriveId('answer-link', 'another')],
      [deriveId('journey', 'another'), link],
    ] as const) {
      expect(secrets.isToken(token, where, which)).toBe(false);
      expect(secrets.isCode(code, where, which)).toBe(false);
      expect(secrets.isFormToken(secrets.formToken(journey, link), where, which)).toBe(false);
    }
    const others = new LinkSecrets(Buffer.alloc(32, 8));
    expect(others.isToken(token, journey, link)).toBe(false);
    expect(others.isCode(code, journey, link)).toBe(false);
  });

  it('say where to look without a list, and nothing where they are no address at all', () => {
    expect(secrets.journeyIn(token)).toBe(journey);
    for (const nonsense of ['', 'x', `${token}x`, token.slice(1), `${token.slice(0, 42)}%`])
      expect(secrets.journeyIn(nonsense)).toBeUndefined();
  });

  it('do not tell each other: neither the address nor the forms after the code hold the code', () => {
    const form = secrets.formToken(journey, link);
    expect(secrets.isFormToken(form, journey, link)).toBe(true);
    for (const told of [token, form]) expect(secrets.isCode(told, journey, link)).toBe(false);
    expect(secrets.isFormToken(code, journey, link)).toBe(false);
    expect(secrets.isFormToken(token, journey, link)).toBe(false);
  });

  it('of many links are all different', () => {
    const tokens = Array.from({ length: 2000 }, (_, i) => secrets.of(journey, deriveId('answer-link', i)).token);
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});
