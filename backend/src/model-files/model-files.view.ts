import { errorMessage } from '../platform/error-message.js';
import type { DomainError } from '../platform/domain-error.js';
import type { Language } from '../platform/language.rules.js';
import type { CatalogueEntry } from './catalogue-state.js';
import type { CatalogueView } from './catalogue-view.js';
import type { Download } from './downloads.js';
import type { ModelCatalogue, ModelDownloadView, PresentModelView } from './model-files.schema.js';
import type { ShelvedModel } from './shelf.js';

/** The catalogue as it is sent. */
export function toCatalogue(view: CatalogueView, language: Language): ModelCatalogue {
  const { hub, hubProblem, freeBytes, isInstalled, installCommand, entries, others } = view;
  return {
    hub,
    hubProblem: toProblem(hubProblem, language),
    freeBytes: Number.isFinite(freeBytes) ? freeBytes : null,
    installed: isInstalled,
    installCommand,
    items: entries.map((entry) => toItem(view, entry, language)),
    others: others.map((model) => toPresent(view, model, language)),
  };
}

/** A download as it is sent. */
export function toDownload(download: Download, language: Language): ModelDownloadView {
  const { id, name, state, progress, bytesPerSecond, model, isOffered, error } = download;
  return {
    ...{ id, name, state, ...progress, bytesPerSecond },
    modelId: model?.id ?? null,
    offered: isOffered,
    error: toProblem(error, language),
  };
}

function toItem(
  view: CatalogueView,
  entry: CatalogueEntry,
  language: Language,
): ModelCatalogue['items'][number] {
  const { model, bytes, isExact, licence, page, arrivedBytes, present } = entry;
  const { name, title, kind, about } = model;
  return {
    ...{ name, title, kind, about: about[language], bytes, exact: isExact, licence, page },
    arrivedBytes,
    present: present ? toPresent(view, present, language) : null,
  };
}

function toPresent(view: CatalogueView, model: ShelvedModel, language: Language): PresentModelView {
  const { id, name, kind, bytes, repository } = model;
  const offered = view.offered(model);
  const { reason, reasonWhere } = offered ?? {};
  const where = reasonWhere === undefined ? '' : ` (${reasonWhere})`;
  return {
    ...{ id: offered?.id ?? id, name, kind, bytes, removable: repository === null ? null : name },
    offered: offered !== undefined,
    available: offered?.available ?? false,
    reason: reason ? { code: reason, message: errorMessage(reason, language) + where } : null,
  };
}

function toProblem(error: DomainError | undefined, language: Language) {
  if (!error) return null;
  const { code, details } = error;
  return { code, message: errorMessage(code, language, details) };
}
