export { bundleFiles, type BundleFile } from './fhir/bundle-files.js';
export {
  readBundle, type BundleContents, type EncounterClass, type Reject, type SourceCarePlan, type SourceEncounter, type SourcePerson,
  type SourceRecord,
} from './fhir/read-bundle.js';
