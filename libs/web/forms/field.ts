/** What a form asks, said once: it is shown, read, kept after a problem and checked from the same list. */

export interface Option {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
  /** Says nothing by itself, only which questions follow: left out where answers are checked. */
  readonly onlyLeads?: true;
}

interface Asked {
  /** Of the input, and of the field of the command where there is one. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What is said where it is left empty: "Enter …", "Select …". Absent where it may be left empty. */
  readonly missing?: string;
  /** Asked only where another field has one of these values; shown under that choice. */
  readonly when?: { readonly field: string; readonly is: readonly string[] };
  /** Of the summary on the check page, where the label is a whole question. */
  readonly summary?: string;
}

export type Field =
  | (Asked & {
      readonly kind: 'text';
      /** In characters, of what is expected: the box has that size. */
      readonly width?: number;
      readonly max?: number;
      readonly inputmode?: 'numeric' | 'tel';
      readonly autocomplete?: string;
      /** Says what is wrong with what was written. */
      readonly check?: (value: string) => string | undefined;
    })
  | (Asked & { readonly kind: 'words'; readonly rows?: number; readonly max?: number })
  | (Asked & { readonly kind: 'choice'; readonly options: readonly Option[]; readonly inline?: boolean })
  | (Asked & { readonly kind: 'list'; readonly options: readonly Option[] })
  | (Asked & { readonly kind: 'confirm'; readonly statement: string })
  | (Asked & { readonly kind: 'day'; readonly earliest?: string; readonly latest?: string })
  /** Day and London time. `latest` is an instant. */
  | (Asked & { readonly kind: 'moment'; readonly earliest?: string; readonly latest?: string });

/** What a browser sends; a name that was sent twice counts once, by its last value. */
export type Posted = Readonly<Record<string, string>>;

export interface FieldProblem {
  readonly text: string;
  /** Id of the input to go to. */
  readonly field?: string;
}

/** The id of the input that a link in the error summary leads to. */
export const anchorOf = (field: Field): string =>
  field.kind === 'day' || field.kind === 'moment' ? `${field.name}-day` : field.name;

/** Whether the question is put at all, given the answers before it. */
export const isAsked = (
  { when }: Pick<Field, 'when'>,
  answers: Readonly<Record<string, string | undefined>>,
): boolean => !when || when.is.includes(answers[when.field] ?? '');

/** The body of a request as text by name. */
export function postedFrom(body: unknown): Posted {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value;
      return typeof last === 'string' ? [[name, last.replaceAll('\r\n', '\n')]] : [];
    }),
  );
}
