import { Problem } from '#commands';
import { ReadModelsNotReadyError, type ReadModelReader } from '#projections';

/** Organisations that have a part in any journey of this person. */
export async function organisationsOfPerson(reader: ReadModelReader, person: string): Promise<readonly string[]> {
  try {
    const parts = await reader.all<{ organisation: string }>(
      'SELECT DISTINCT organisation FROM journey_part WHERE journey IN (SELECT journey FROM journey WHERE person = ?)',
      [person],
    );
    return parts.map(({ organisation }) => organisation);
  } catch (error) {
    if (error instanceof ReadModelsNotReadyError) {
      throw new Problem(
        'too-far-behind',
        'The read models are being built; who has a part in this record is not known yet.',
      );
    }
    throw error;
  }
}
