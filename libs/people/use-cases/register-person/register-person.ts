import { Command, defineUseCase, Field, Problem, Refused } from '#commands';
import { civilDate, deriveId, idOfStream, isCivilDate, personStream, refuse, type Instant } from '#kernel';
import { InvalidIdentityError, normaliseSurname, type Identity } from '../../domain/identity.js';
import { checkNhsNumber } from '../../domain/nhs-number.js';
import { PersonErasedError } from '../../vault/person-keys.js';
import { NhsNumberTakenError, type Vault } from '../../vault/vault.js';

const isName = (value: string): boolean =>
  value.length <= 200 && value.isWellFormed() && normaliseSurname(value) !== '';
const isBirthDate = (value: string): boolean => isCivilDate(value) && value >= '1850-01-01' && value < '2101-01-01';
const name = (description: string) =>
  Field.format('name', isName, 'must be a name of at most 200 letters', description);

/** Who the person is. It goes to the vault and nowhere else; the event carries sex and year of birth alone. */
export class RegisterPerson extends Command {
  @Field.uuid('Id to register under; made from the Idempotency-Key when absent', { optional: true })
  personId?: string;

  @name('Given name')
  givenName!: string;

  @name('Family name')
  familyName!: string;

  @Field.format('birth-date', isBirthDate, 'must be a day that exists, from 1850 on, like 1925-03-01', 'Date of birth')
  birthDate!: string;

  @Field.choice(['female', 'male', 'other', 'unknown'], 'As given', { optional: true })
  sex?: 'female' | 'male' | 'other' | 'unknown';

  @Field.format(
    'nhs-number',
    (value) => checkNhsNumber(value).valid,
    'must be ten digits of which the last is the right check digit',
    'NHS number, spaces allowed',
    { optional: true },
  )
  nhsNumber?: string;

  @Field.text(500, 'Address', { optional: true })
  address?: string;

  @Field.text(50, 'Telephone', { optional: true })
  phone?: string;

  @Field.text(200, 'General practice', { optional: true })
  gp?: string;

  @Field.payload('Possible matches that were found and are somebody else: person id to why', { optional: true })
  notTheSame?: Record<string, unknown>;
}

/** Why it is not one of those known already; the spec holds it equal to the event's. */
export const differences = ['anotherFirstName', 'anotherNumber', 'anotherAddress', 'theySaySo', 'other'];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const isAnswer = ([person, because]: readonly [string, unknown]): boolean =>
  uuid.test(person) && typeof because === 'string' && differences.includes(because);

export const registerPerson = defineUseCase<
  RegisterPerson,
  { readonly registered?: unknown },
  { readonly now: Instant }
>({
  name: 'register-person',
  command: RegisterPerson,
  summary: 'Makes a person known. Search first: a number that somebody holds already is refused.',
  roles: ['coordinator', 'system'],
  emits: ['PersonRegistered'],
  opens: true,
  stream: ({ personId }, commandId) => personStream(personId ?? deriveId('person', commandId)),
  decide({ sex = 'unknown', birthDate, notTheSame = {} }, { registered }, { now }) {
    if (registered) return refuse('person-already-registered', 'This person is registered; search for them.');
    if (birthDate > civilDate(now)) return refuse('birth-date-in-future', 'The date of birth lies in the future.');
    const others = Object.entries(notTheSame);
    if (!others.every(isAnswer))
      return refuse('match-not-answered', 'Say of every possible match why it is somebody else.');
    return [
      {
        type: 'PersonRegistered',
        data: {
          sex,
          birthYear: Number(birthDate.slice(0, 4)),
          ...(others.length > 0 && { notTheSame: others.map(([person, because]) => ({ person, because })) }),
        },
      },
    ];
  },
});

/**
 * The vault is written first: a crash between the two leaves an identity that the same command, repeated, finds
 * there. The other way round, a person without a name would be known.
 *
 * @throws Problem, Refused
 */
export async function registerInVault(vault: Vault, command: RegisterPerson, stream: string): Promise<void> {
  try {
    if ((await vault.register(idOfStream(stream), identityIn(command))) !== 'differs') return;
  } catch (error) {
    if (error instanceof NhsNumberTakenError) {
      throw new Refused('nhs-number-taken', 'A registered person holds this NHS number; search for it.', {
        personId: error.heldBy,
      });
    }
    if (error instanceof PersonErasedError)
      throw new Refused('person-erased', 'Nothing can be recorded for this person any more.');
    throw error;
  }
  throw new Problem('key-reused', 'Another identity was given under this id or this Idempotency-Key.');
}

/**
 * The same for somebody whom a person registers, on a page or through the API: everybody of that surname and birth date
 * has been answered first, one by one (hazard H21). What a machine brings in bulk comes from a record that has its own
 * identity, and nobody is there to ask.
 *
 * @throws Problem, Refused; the refusal names those left, by id, and nothing else of them
 */
export async function registerAnsweredInVault(vault: Vault, command: RegisterPerson, stream: string): Promise<void> {
  const { familyName: surname, birthDate, nhsNumber, notTheSame = {} } = command;
  // Whoever holds the number is told of by it, which says more.
  const isHeld = nhsNumber !== undefined && (await vault.find({ nhsNumber })).length > 0;
  const people = (await vault.find({ surname, birthDate }))
    .map(({ personId }) => personId)
    .filter((personId) => personId !== idOfStream(stream) && !Object.hasOwn(notTheSame, personId));
  if (people.length > 0 && !isHeld)
    throw new Refused(
      'possible-match',
      'Somebody of this surname and date of birth is known: record it for them, or say why it is somebody else.',
      { people },
    );
  await registerInVault(vault, command, stream);
}

/**
 * Identities of people who are about to be registered, with one flush to disk for all. All or none: what is wrong with
 * one of them is said when that one is registered.
 */
export async function registerAheadInVault(
  vault: Vault,
  people: readonly { readonly command: RegisterPerson; readonly stream: string }[],
): Promise<void> {
  try {
    await vault.registerAll(people.map(({ command, stream }) => ({ personId: idOfStream(stream), identity: identityIn(command) })));
  } catch (error) {
    const isRefusal = [NhsNumberTakenError, PersonErasedError, InvalidIdentityError].some((kind) => error instanceof kind);
    if (!isRefusal) throw error;
  }
}

const identityIn = ({
  givenName,
  familyName,
  birthDate,
  sex,
  nhsNumber,
  address,
  phone,
  gp,
}: RegisterPerson): Identity => ({
  givenName,
  familyName,
  birthDate,
  ...(sex && { sex }),
  ...(nhsNumber && { nhsNumber }),
  ...(address && { address }),
  ...(phone && { phone }),
  ...(gp && { gp }),
});
