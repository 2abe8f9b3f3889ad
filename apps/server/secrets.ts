import { Refused, type Secrets } from '#commands';
import { PersonErasedError, type Vault } from '#people';

/** The vault as commands use it: what cannot be sealed any more is an answer, not a fault. */
export function secretsOf(vault: Vault): Secrets {
  const seal: Secrets['seal'] = (person, text) => {
    try {
      return vault.seal(person, text);
    } catch (error) {
      if (error instanceof PersonErasedError) {
        throw new Refused('person-erased', 'Nothing can be recorded for this person any more.');
      }
      throw error;
    }
  };
  return {
    commandHash: (content) => vault.commandHash(content),
    seal,
    reseal(sealed, from, to) {
      const text = vault.open(from, sealed);
      if (typeof text !== 'string')
        throw new Refused('person-erased', 'The words of this entry were erased; it cannot be moved.');
      return seal(to, text);
    },
  };
}
