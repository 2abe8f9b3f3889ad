import { keepCompiledCode } from '../server/compiled-code.js';

keepCompiledCode();
await import('./run.js');
