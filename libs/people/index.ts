export { benchEncryption, type BenchResult } from './bench/encryption.js';
export { InvalidIdentityError, type Erased, type Identity, type Named } from './domain/identity.js';
export { checkNhsNumber, formatNhsNumber, normaliseNhsNumber, type NhsNumberCheck } from './domain/nhs-number.js';
export {
  registerAheadInVault, registerAnsweredInVault, registerInVault, RegisterPerson, registerPerson,
} from './use-cases/register-person/register-person.js';
export { keptByVault } from './vault/tables.js';
export { SealBrokenError } from './vault/cipher.js';
export { destructionReasons, type DestructionReason } from './vault/destroyed-log.js';
export { KeyMissingError, loadKey } from './vault/key-files.js';
export { PersonErasedError, UnknownPersonError } from './vault/person-keys.js';
export { openVault, WrongMasterKeyError, type VaultOptions } from './vault/open-vault.js';
export { NhsNumberTakenError, type PersonMatch, type PersonQuery, type Registered, type Vault } from './vault/vault.js';
