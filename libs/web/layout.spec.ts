import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { at } from '../../test/support/history.js';
import type { PageFrame } from './layout.js';
import { createRenderer } from './render.js';

const frame = (demo: boolean): PageFrame => ({
  title: 'Worklist',
  assets: { css: [], first: '/first.js', icon: '/icon.svg', js: [] },
  csrf: '',
  now: at('2011-03-01 08:05'),
  demo,
  mayFind: false,
  navigation: [],
});

describe('The frame of a page', () => {
  const render = createRenderer([]);

  it('says in a demonstration that everybody is made up, and what its clock shows', () => {
    const page = render('layout.njk', frame(true)).replace(/\s+/g, ' ');
    expect(page).toContain('<strong>Demonstration.</strong> Everybody here is made up.');
    expect(page).toContain('1 March 2011, 08:05');
  });

  it('never says so of people who are real', () => {
    expect(render('layout.njk', frame(false))).not.toContain('Demonstration');
  });

  it('stands around every page', () => {
    const templates = globSync('apps/server/web/**/*.njk').map((file) => readFileSync(file, 'utf8'));
    // Some hold parts alone, which pages take in: outside of their macros they show nothing.
    const shown = (template: string) =>
      template.replace(/\{#.*?#\}|\{% macro .*?\{% endmacro %\}|\{% from .*?%\}/gs, '').trim();
    const pages = templates.map(shown).filter((template) => template !== '');
    expect(pages.length).toBeGreaterThan(15);
    // The journey at an earlier moment is the page of the journey.
    const framed = /^\{% extends "(layout|journey\/journey)\.njk" %\}/;
    expect(pages.filter((page) => !framed.test(page))).toEqual([]);
  });
});
