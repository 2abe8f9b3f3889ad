import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const eventBus = {
  group: ['@nestjs/cqrs'],
  importNames: ['EventBus', 'EventPublisher', 'AggregateRoot', 'EventsHandler', 'Saga', 'IEventHandler', 'ofType'],
  message: 'The in-process event bus loses events on a restart: read the log through a read model (ADR 0002).',
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/', '**/vendor/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { patterns: [eventBus] }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-console': 'error',
    },
  },
  {
    // Pure code asks nobody for the time, for chance or for the outside world (DESIGN 2).
    files: ['libs/*/domain/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'process', 'fetch', 'setTimeout', 'setInterval', 'performance', 'crypto'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Ids and chance are handed in by the context.' },
        { object: 'Date', property: 'now', message: 'The clock is handed in by the context.' },
      ],
    },
  },
  {
    files: ['apps/cli/**/*.ts', '**/bench/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: globals.node } },
  { files: ['libs/web/assets/**/*.js'], languageOptions: { globals: globals.browser } },
);
