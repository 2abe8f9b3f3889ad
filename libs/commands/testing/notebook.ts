/** A small domain for the executor's own tests: somebody's notebook, with public marks and private words. */
import {
  defineEvent,
  deriveId,
  EventRegistry,
  journeyStream,
  personStream,
  refuse,
  Sealed,
  Type,
  type RecordedEvent,
} from '#kernel';
import { Field } from '../fields.js';
import { Command, defineUseCase, type UseCase } from '../use-case.js';

const noted = defineEvent({
  type: 'Noted',
  version: 1,
  summary: 'Words were written.',
  sensitivity: 'sealed',
  emittedBy: ['note'],
  schema: Type.Object({ words: Sealed('The words') }, { additionalProperties: false }),
  example: { words: 'sealed:v1:AAAA' },
});

const opened = defineEvent({
  type: 'Opened',
  version: 1,
  summary: 'A notebook was opened.',
  sensitivity: 'coded',
  emittedBy: ['open-notebook'],
  schema: Type.Object({ organisation: Type.String(), pages: Type.Integer() }, { additionalProperties: false }),
  example: { organisation: 'torbay-care-trust', pages: 3 },
});

const known = defineEvent({
  type: 'Known',
  version: 1,
  summary: 'The owner is known.',
  sensitivity: 'coded',
  emittedBy: [],
  schema: Type.Object({}, { additionalProperties: false }),
  example: {},
});

export const registry = new EventRegistry([noted, opened, known]);

export interface Notebook {
  readonly pages: number;
  readonly notes: readonly string[];
  /** On the owner's own stream. */
  readonly greetings: number;
}

export const fold = {
  initial: (): Notebook => ({ pages: 0, notes: [], greetings: -1 }),
  evolve(state: Notebook, { type, data }: RecordedEvent): Notebook {
    if (type === 'Opened') return { ...state, pages: (data as { pages: number }).pages };
    if (type === 'Known') return { ...state, greetings: state.greetings + 1 };
    return type === 'Noted' ? { ...state, notes: [...state.notes, (data as { words: string }).words] } : state;
  },
};

export class OpenNotebook extends Command {
  @Field.uuid('Whose')
  personId!: string;

  @Field.integer({ min: 1, max: 10 }, 'Pages')
  pages!: number;
}

export class Note extends Command {
  @Field.uuid('The notebook')
  notebook!: string;

  @Field.freeText('The words')
  words!: string;
}

export class Greet extends Command {
  @Field.uuid('Whom')
  personId!: string;

  @Field.freeText('The words')
  words!: string;
}

export const openNotebook = defineUseCase<OpenNotebook, Notebook, unknown>({
  name: 'open-notebook',
  command: OpenNotebook,
  summary: 'Opens a notebook',
  roles: ['coordinator'],
  emits: ['Opened'],
  stream: (_, commandId) => journeyStream(deriveId('notebook', commandId)),
  decide: ({ pages }) => [{ type: 'Opened', data: { organisation: 'torbay-care-trust', pages } }],
});

export const note = defineUseCase<Note, Notebook, unknown>({
  name: 'note',
  command: Note,
  summary: 'Writes words down',
  roles: ['coordinator'],
  emits: ['Noted'],
  stream: ({ notebook }) => journeyStream(notebook),
  decide: ({ words }, { pages, notes, greetings }) =>
    notes.length < pages
      ? [{ type: 'Noted', data: { words } }]
      : refuse('notebook-full', 'Take a new notebook.', { greetings }),
});

export const greet = defineUseCase<Greet, Notebook, unknown>({
  name: 'greet',
  command: Greet,
  summary: 'Greets the owner',
  roles: ['coordinator'],
  emits: ['Known'],
  stream: ({ personId }) => personStream(personId),
  decide: () => [{ type: 'Known', data: {} }],
});

export const useCases = [openNotebook, note, greet] as unknown as readonly UseCase[];
