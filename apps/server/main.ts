import { keepCompiledCode } from './compiled-code.js';

keepCompiledCode();
await import('./serve.js');
