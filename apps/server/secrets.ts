import { Refused, type Secrets } from '#commands';
import { PersonErasedError, type Vault } from '#people';

/** The vault as commands use it: what cannot be sealed any more is an answer, not a fault. */
export function secretsOf(vault: Vault): Secrets {
  const sealing: Secrets['sealing'] = async (person) => {
    try {
      return await vault.sealing(person);
    } catch (error) {
      if (error instanceof PersonErasedError) {
        throw new Refused('person-erased', 'Nothing can be recorded for this person any more.');
      }
      throw error;
    }
  };
  return {
    commandHash: (content) => vault.commandHash(content),
    sealing,
    async resealing(from, to) {
      const [open, seal] = await Promise.all([vault.opening([from]), sealing(to)]);
      return (sealed) => {
        const text = open(from, sealed);
        if (typeof text !== 'string')
          throw new Refused('person-erased', 'The words of this entry were erased; it cannot be moved.');
        return seal(text);
      };
    },
  };
}
