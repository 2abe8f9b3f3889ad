import type { Persona } from '../personas.js';

/** What a page of the choice of personas needs; the form posts `persona` to `action`. */
export interface PersonaPage {
  readonly action: string;
  readonly personas: readonly Persona[];
}

/** Plain and accessible; libs/web hands in its own. */
export const plainPersonaPage = ({ action, personas }: PersonaPage): string => `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Choose who to be - Throughcare development sign-in</title></head>
<body><main>
<h1>Choose who to be</h1>
<p>This is the development sign-in. Nobody here is real.</p>
<form method="post" action="${escape(action)}"><ul>
${personas.map(choice).join('\n')}
</ul></form>
</main></body></html>`;

export const plainErrorPage = (title: string, detail: string): string => `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title></head>
<body><main><h1>${escape(title)}</h1><p>${escape(detail)}</p><p><a href="/">Start again</a></p></main></body></html>`;

const choice = ({ id, name, job }: Persona): string =>
  `<li><button type="submit" name="persona" value="${escape(id)}">${escape(name)}</button> ${escape(job)}</li>`;

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
