import { onnxExportOf } from '../llm/local/model-names.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { fullName } from './catalogue.js';

/** What somebody asks the hub for. */
export interface WantedModel {
  /** `owner/name`, a repository of the hub. */
  readonly repository: string;
  /** One GGUF file of it, by its path there; undefined: Prosa chooses. */
  readonly file: string | undefined;
  /** The name that was asked for, where the repository is its ONNX export. */
  readonly exportOf?: string;
}

// The hub's own limits: letters, digits and `-_.`, never `--` or `..`, 96 characters a part.
const PART = /^(?![.-])(?!.*(?:--|\.\.))[A-Za-z0-9._-]{1,96}(?<![.-])$/;
const FILE_PART = /^[\p{L}\p{N}_][\p{L}\p{N}_.+@()=, -]{0,199}$/u;
/** Names that Windows keeps for devices, whatever stands behind a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const HUB_ADDRESS = /^https?:\/\/[^/]+\//i;
/** Between repository and file in an address of the hub. */
const ADDRESS_INSIDE = /^(?:resolve|blob|raw|tree)\/[^/]+\/?/;

/**
 * Reads `owner/name`, `owner/name/file.gguf`, the address of either on the hub, or the short name of
 * a model of the catalogue.
 * @throws {DomainError} DOWNLOAD.NAME_INVALID
 */
export function wantedModel(name: string): WantedModel {
  const text = fullName(name);
  const path = text.trim().replace(HUB_ADDRESS, '').replace(/\?.*$/, '').replace(/\/+$/, '');
  const [owner = '', model = '', ...inside] = path.split('/');
  const file = HUB_ADDRESS.test(text.trim())
    ? inside.join('/').replace(ADDRESS_INSIDE, '')
    : inside.join('/');
  const isRepository = [owner, model].every((part) => PART.test(part) && !DEVICE.test(part));
  if (!isRepository || (file !== '' && !(isSafePath(file) && /\.gguf$/i.test(file)))) {
    throw new DomainError('DOWNLOAD.NAME_INVALID', { name: name.slice(0, 200) });
  }
  const asked = `${owner}/${model}`;
  const repository = onnxExportOf(asked);
  return repository === undefined
    ? { repository: asked, file: file === '' ? undefined : file }
    : { repository, file: undefined, exportOf: asked };
}

/** Whether a path that the hub names may become one below a folder of ours, on any system. */
export function isSafePath(path: string): boolean {
  return (
    path.length <= 500 &&
    path
      .split('/')
      .every((part) => FILE_PART.test(part) && !DEVICE.test(part) && !/[. ]$/.test(part))
  );
}
