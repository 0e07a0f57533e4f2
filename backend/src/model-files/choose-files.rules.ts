import type { LocalKind } from '../llm/local/protocol.js';
import { DomainError } from '../platform/domain-error.js';
import type { HubFile } from './hub-answer.rules.js';

/** A file to fetch, and its name below the folder of the model. */
export interface ChosenFile extends HubFile {
  readonly to: string;
}

/** What of a repository is a model that Prosa runs. */
export interface ChosenFiles {
  readonly kind: LocalKind;
  /** Small ones first: they tell whether the large ones are worth fetching. */
  readonly files: readonly ChosenFile[];
}

const GGUF = /\.gguf$/i;
/** The eyes of a model that sees, the matrix a quantization was made with, a draft of another. */
const NO_MODEL = /mmproj|imatrix|(^|[-_.])(draft|lora|adapter)[-_.]/i;
const PART_OF = /-(\d{5})-of-(\d{5})\.gguf$/i;
/**
 * Precisions from the one to take first: four bits are a quarter of the size and nearly as good,
 * fewer are noticeably worse, more take memory that a small machine lacks.
 */
const PRECISIONS = [
  ...['Q4_K_M', 'Q4_K_S', 'Q4_K_L', 'IQ4_XS', 'IQ4_NL', 'Q4_0', 'Q4_1', 'Q5_K_M', 'Q5_K_S'],
  ...['Q5_0', 'Q6_K', 'Q8_0', 'Q3_K_L', 'Q3_K_M', 'BF16', 'F16'],
];

const T5_NEEDED = ['config.json', 'tokenizer.json'];
const T5_WELCOME = ['generation_config.json', 'tokenizer_config.json', 'special_tokens_map.json'];
const T5_WEIGHTS = ['encoder_model', 'decoder_model_merged'];

/**
 * The files of a repository to fetch: of GGUF files one (or the parts of one), else a T5's ONNX
 * export, in eight bits where it is there: the answers hardly differ and it is a quarter of the size.
 * @param wanted the path of a GGUF file.
 * @throws {DomainError} DOWNLOAD.NO_SUCH_FILE; DOWNLOAD.NOT_RUNNABLE where there is neither.
 */
export function chooseFiles(
  repository: string,
  files: readonly HubFile[],
  wanted?: string,
): ChosenFiles {
  if (wanted !== undefined) {
    const file = files.find(({ path }) => path === wanted) ?? byName(files, wanted);
    if (!file) throw new DomainError('DOWNLOAD.NO_SUCH_FILE', { name: repository, file: wanted });
    return { kind: 'llama', files: withParts(files, file) };
  }
  const best = bestGguf(files);
  if (best) return { kind: 'llama', files: withParts(files, best) };
  const t5 = t5Files(files);
  if (t5) return { kind: 'flan-t5', files: t5 };
  throw new DomainError('DOWNLOAD.NOT_RUNNABLE', { name: repository });
}

/** As it is called once it is here: without its folder in the repository. */
function byName(files: readonly HubFile[], name: string): HubFile | undefined {
  return files.find(({ path }) => fileName(path) === name);
}

function bestGguf(files: readonly HubFile[]): HubFile | undefined {
  const models = files.filter(({ path }) => {
    const part = PART_OF.exec(path)?.[1];
    return GGUF.test(path) && !NO_MODEL.test(path) && (part === undefined || Number(part) === 1);
  });
  const rank = ({ path }: HubFile): number => {
    const at = PRECISIONS.findIndex((precision) => isOf(path, precision));
    return at < 0 ? PRECISIONS.length : at;
  };
  return [...models].sort((a, b) => rank(a) - rank(b) || a.bytes - b.bytes)[0];
}

const isOf = (path: string, precision: string): boolean =>
  new RegExp(`(^|[-_./])${precision}([-_./]|$)`, 'i').test(path);

/** Of a model in several files all of them. */
function withParts(files: readonly HubFile[], first: HubFile): readonly ChosenFile[] {
  const [ending, , count] = PART_OF.exec(first.path) ?? [];
  if (ending === undefined || count === undefined) return [ggufFile(first)];
  const stem = first.path.slice(0, -ending.length);
  const parts = files.filter(
    ({ path }) => path.startsWith(stem) && PART_OF.exec(path.slice(stem.length))?.[2] === count,
  );
  return [...parts].sort((a, b) => a.path.localeCompare(b.path)).map(ggufFile);
}

const ggufFile = (file: HubFile): ChosenFile => ({ ...file, to: fileName(file.path) });

function t5Files(files: readonly HubFile[]): readonly ChosenFile[] | undefined {
  const find = (path: string): HubFile | undefined => files.find((file) => file.path === path);
  const weights = ['_quantized', ''].map((suffix) =>
    T5_WEIGHTS.map((name) => find(`onnx/${name}${suffix}.onnx`)).filter(isThere),
  );
  const whole = weights.find((pair) => pair.length === T5_WEIGHTS.length);
  const needed = T5_NEEDED.map(find).filter(isThere);
  if (!whole || needed.length < T5_NEEDED.length) return undefined;
  const welcome = T5_WELCOME.map(find).filter(isThere);
  return [...needed, ...welcome, ...whole].map((file) => ({ ...file, to: file.path }));
}

const isThere = (file: HubFile | undefined): file is HubFile => file !== undefined;

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
