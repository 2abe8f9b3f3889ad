/** What the projector's thread works with (`startProjector`). */
import type { ProjectorSetup } from '#projections';
import { eventRegistry, readModels } from './catalogue.js';
import { openReader, type StoreAddress } from './stores.js';

export const projectorSetup = async (store: StoreAddress): Promise<ProjectorSetup> => ({
  openReader: () => openReader(store),
  registry: eventRegistry(),
  readModels,
});
