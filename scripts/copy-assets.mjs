// Copies what is not TypeScript (templates, styles, pathway definitions) beside the built code.
import { cpSync, globSync } from 'node:fs';

for (const file of globSync('{apps,libs}/**/*.{njk,css,js,svg,json,txt}')) cpSync(file, `dist/${file}`);
