import type { DomainError } from '../platform/domain-error.js';
import { CATALOGUE, type CatalogueModel } from './catalogue.js';
import { freeBytes } from './disk.js';
import type { HubFacts } from './hub-facts.js';
import type { DownloadTools } from './model-download.js';
import { wantedModel } from './model-name.rules.js';
import { partialBytes, type ShelvedModel, shelvedModels } from './shelf.js';

/** A model of the catalogue, and what is here of it. */
export interface CatalogueEntry {
  readonly model: CatalogueModel;
  readonly bytes: number;
  /** The hub has said how many bytes they are; else they are roughly so many. */
  readonly isExact: boolean;
  readonly licence: string;
  /** Address of its page on the hub. */
  readonly page: string;
  /** Bytes that have arrived of a download that has not ended. */
  readonly arrivedBytes: number;
  readonly present: ShelvedModel | undefined;
}

/** What can be had, and what is here. */
export interface CatalogueState {
  /** Host that models are downloaded from. */
  readonly hub: string;
  /** Why the hub cannot be asked, if so. */
  readonly hubProblem: DomainError | undefined;
  /** Infinity where the system does not say. */
  readonly freeBytes: number;
  readonly entries: readonly CatalogueEntry[];
  /** Models that are here and not of the catalogue. */
  readonly others: readonly ShelvedModel[];
}

/** @param waitMs how long the hub is waited for; what it says later is there the next time. */
export async function readCatalogue(
  { folder, hub }: DownloadTools,
  hubFacts: HubFacts,
  waitMs?: number,
): Promise<CatalogueState> {
  const [facts, present, free] = await Promise.all([
    hubFacts.look(CATALOGUE, waitMs),
    shelvedModels(folder),
    freeBytes(folder),
  ]);
  const entries = await Promise.all(
    CATALOGUE.map(async (model): Promise<CatalogueEntry> => {
      const { repository, file } = wantedModel(model.name);
      const known = facts.of(model.name);
      const name = file === undefined ? repository : `${repository}/${file}`;
      return {
        model,
        bytes: known?.bytes ?? model.roughBytes,
        isExact: known !== undefined,
        licence: known?.licence ?? model.licence,
        page: hub.pageOf(repository),
        arrivedBytes: await partialBytes(folder, repository),
        present: present.find((one) => one.name === name),
      };
    }),
  );
  const ofCatalogue = new Set(entries.map((entry) => entry.present));
  return {
    ...{ hub: hub.host, hubProblem: facts.problem, freeBytes: free, entries },
    others: present.filter((model) => !ofCatalogue.has(model)),
  };
}
