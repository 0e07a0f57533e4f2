import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import { listCatalogue } from './generated/fn/model-files/list-catalogue';
import { listDownloads } from './generated/fn/model-files/list-downloads';
import { removeDownload } from './generated/fn/model-files/remove-download';
import { removeModel } from './generated/fn/model-files/remove-model';
import { startDownload } from './generated/fn/model-files/start-download';
import type { ModelCatalogue } from './generated/models/model-catalogue';
import type { ModelDownload } from './generated/models/model-download';

export type { CatalogueModel } from './generated/models/catalogue-model';
export type { PresentModel } from './generated/models/present-model';
export type { ModelCatalogue, ModelDownload };

/** The files of models on the server, for administrators. Every promise rejects with ApiFailure. */
@Service()
export class ModelFilesApi {
  private readonly api = inject(ApiCalls);

  /** What can be had, and what is there. */
  catalogue(): Promise<ModelCatalogue> {
    return this.api.call(listCatalogue, {});
  }

  /** The download that goes on, then those that have ended. */
  async downloads(): Promise<readonly ModelDownload[]> {
    return (await this.api.call(listDownloads, {})).items;
  }

  /** @param name of the catalogue, `owner/name` on the hub, or an address there */
  download(name: string): Promise<ModelDownload> {
    return this.api.call(startDownload, { body: { name } });
  }

  /** Stops a download, or forgets one that has ended. */
  removeDownload(id: number): Promise<void> {
    return this.api.call(removeDownload, { id });
  }

  /** Removes a model from the server, or what has arrived of it. */
  removeModel(name: string): Promise<void> {
    return this.api.call(removeModel, { body: { name } });
  }
}
