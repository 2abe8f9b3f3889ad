/** The parts of FHIR R4 resources that the import reads; everything may be missing in what others send. */
export interface Resource {
  readonly resourceType?: string;
  readonly id?: string;
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
  readonly name?: readonly { readonly use?: string; readonly family?: string; readonly given?: readonly string[] }[];
  readonly birthDate?: string;
  readonly gender?: string;
  readonly deceasedDateTime?: string;
  readonly deceasedBoolean?: boolean;
  readonly address?: readonly { readonly line?: readonly string[]; readonly city?: string; readonly postalCode?: string }[];
  readonly telecom?: readonly { readonly system?: string; readonly value?: string }[];
  readonly status?: string;
  readonly class?: { readonly code?: string };
  readonly type?: readonly Concept[];
  readonly category?: readonly Concept[];
  readonly subject?: { readonly reference?: string };
  readonly period?: { readonly start?: string; readonly end?: string };
  readonly serviceProvider?: { readonly reference?: string };
}

export interface Concept {
  readonly coding?: readonly { readonly system?: string; readonly code?: string }[];
}

export interface Bundle {
  readonly resourceType?: string;
  readonly entry?: readonly { readonly fullUrl?: string; readonly resource?: Resource }[];
}
