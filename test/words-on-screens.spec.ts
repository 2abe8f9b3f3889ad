import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { glossary } from '#pathway';
import { codeWordsIn } from './support/code-words.js';

/** What a template says by itself: its text, and what is read out of attributes. */
function textOf(template: string): string {
  const said = template.replace(/\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}/gs, ' ');
  const readOut = [...said.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map(([, words]) => words);
  return [said.replace(/<(script|style)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/gs, ' '), ...readOut].join('\n');
}

/** Texts of more than one word; a single word may be a code, and statements in SQL are read by no person. */
const isSentence = (text: string): boolean => /\S\s+\S/.test(text) && !/\b(?:SELECT|WHERE|ORDER BY)\b/.test(text);

function sentencesOf(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
    const text = isText ? node.text.replace(/<[^>]*(?:>|$)/g, ' ') : '';
    if (isSentence(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

/** What fields and events mean is said in the catalogue, to those who read code. */
const sources = (pattern: string): readonly string[] =>
  globSync(pattern).filter((file) => !/\.spec\.ts$|\/testing\/|\/domain\/(?:.*\/)?(?:events|fields)\.ts$/.test(file));

const spoken = (files: readonly string[], textsOf: (text: string) => readonly string[]): readonly string[] =>
  files.flatMap((file) =>
    textsOf(readFileSync(file, 'utf8')).flatMap((text) => codeWordsIn(text).map((word) => `${file}: ${word}`)),
  );

describe('The words on screens', () => {
  it('are those of the glossary in every template', () => {
    expect(spoken(sources('{apps,libs}/**/*.njk'), (template) => [textOf(template)])).toEqual([]);
  });

  it('are those of the glossary in every sentence that a page or a refusal may say', () => {
    const files = sources('{apps/server/web,libs/web,libs/pathway/domain,libs/pathway/glossary}/**/*.ts');
    expect(spoken(files, sentencesOf)).toEqual([]);
  });

  it('stand for every code of the glossary', () => {
    const words = Object.values<Readonly<Record<string, string>>>(glossary).flatMap((list) => Object.values(list));
    expect(words.flatMap(codeWordsIn)).toEqual([]);
  });

  it('never call a handover accepted that was only seen, nor set a person aside as on a ward', () => {
    expect(glossary.handoffStatus.acknowledged).toBe('seen, not accepted');
    expect(codeWordsIn('handed over, seen, not answered in time, may be incomplete')).toEqual([]);
    expect(codeWordsIn('The handoff was Acknowledged and lapsed; thirdSector, HandoffOffered, quarantined')).toEqual([
      'handoff',
      'Acknowledged',
      'lapsed',
      'thirdSector',
      'HandoffOffered',
      'quarantined',
    ]);
  });
});
