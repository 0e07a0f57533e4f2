import type { Env } from '../../config/env.schema.js';
import { ConfiguredModels } from '../../llm/configured-models.js';
import { ModelFile } from '../../llm/local/model-file.js';
import { idsOf, localName } from '../../llm/local/model-names.rules.js';
import { hasLocalPackages, INSTALL_COMMAND } from '../../llm/local/packages.js';
import { DomainError } from '../../platform/domain-error.js';
import { errorMessage } from '../../platform/error-message.js';
import type { Language } from '../../platform/language.rules.js';
import { type CatalogueEntry, readCatalogue } from '../catalogue-state.js';
import { HubFacts } from '../hub-facts.js';
import { downloadModel, type DownloadTools } from '../model-download.js';
import { wantedModel } from '../model-name.rules.js';
import { partialBytes, removeModel, type ShelvedModel, shelvedModels } from '../shelf.js';
import { takeTurn } from '../turn.js';
import { COMMAND_TEXTS, type CommandTexts, filled } from './command-texts.js';
import { ProgressLine, type Screen } from './progress-line.js';
import { sizeText } from './quantities.rules.js';

/** How the command ends, as shells understand it. */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2, stopped: 130 } as const;

/** What the command works with. */
export interface CommandSetting {
  readonly env: Env;
  readonly tools: DownloadTools;
  readonly language: Language;
  readonly out: Screen;
  /** For what went wrong. */
  readonly err: Screen;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** How long `list` waits for the hub; milliseconds. */
const HUB_MS = 10_000;

/** `npm run models -- list | add <name> | remove <name> | status` */
export class ModelsCommand {
  private readonly setting: CommandSetting;
  private readonly texts: CommandTexts;

  constructor(setting: CommandSetting) {
    this.setting = setting;
    this.texts = COMMAND_TEXTS[setting.language];
  }

  /** Never rejects: what went wrong is written. @returns one of {@link EXIT}. */
  async run(args: readonly string[]): Promise<number> {
    const [verb = '', name, ...more] = args;
    const takesName = verb === 'add' || verb === 'remove';
    if (more.length > 0 || takesName === (name === undefined)) return this.wrongUsage();
    try {
      if (verb === 'list') await this.list();
      else if (verb === 'status') await this.status();
      else if (verb === 'add') await this.add(name ?? '');
      else if (verb === 'remove') await this.remove(name ?? '');
      else return this.wrongUsage();
      return EXIT.done;
    } catch (error) {
      return this.failed(error);
    }
  }

  private wrongUsage(): number {
    this.setting.err.write(`${this.texts.usage}\n`);
    return EXIT.wrongUsage;
  }

  private failed(error: unknown): number {
    const { err, language, signal } = this.setting;
    if (signal.aborted) {
      err.write(`${this.texts.stopped}\n`);
      return EXIT.stopped;
    }
    const known = error instanceof DomainError;
    const words = known ? errorMessage(error.code, language, error.details) : String(error);
    err.write(`${words}\n`);
    return EXIT.failed;
  }

  private async list(): Promise<void> {
    const { tools } = this.setting;
    const state = await readCatalogue(tools, new HubFacts(tools.hub), HUB_MS);
    for (const entry of state.entries) this.say(...this.entryLines(entry));
    if (state.others.length > 0) this.say(this.texts.others);
    for (const model of state.others) this.say(`  ${model.name}  ${this.size(model.bytes)}`);
    this.say('', filled(this.texts.free, { size: this.size(state.freeBytes) }), this.texts.how);
    if (state.hubProblem) {
      this.say(filled(this.texts.rough, { hub: state.hub }));
      throw state.hubProblem;
    }
  }

  private entryLines(entry: CatalogueEntry): string[] {
    const { model, bytes, isExact, licence, present, arrivedBytes } = entry;
    const size = isExact ? this.size(bytes) : filled(this.texts.about, { size: this.size(bytes) });
    const partly = filled(this.texts.partly, { part: this.size(arrivedBytes) });
    const here = present ? this.texts.here : partly;
    const facts = [size, licence, ...(present || arrivedBytes > 0 ? [here] : [])];
    const about = model.about[this.setting.language];
    return [
      `${model.shortName.padEnd(16)}${model.title} · ${facts.join(' · ')}`,
      `    ${about}`,
      `    ${model.name}`,
    ];
  }

  private async status(): Promise<void> {
    const { tools } = this.setting;
    const models = await shelvedModels(tools.folder);
    if (!hasLocalPackages()) this.sayPackages();
    if (models.length === 0) this.say(this.texts.none);
    for (const model of models) {
      this.say(`${model.id}  ${this.size(model.bytes)}  ${await this.condition(model)}`);
    }
  }

  private async condition({ kind, name }: ShelvedModel): Promise<string> {
    const { tools, language } = this.setting;
    const problem = await new ModelFile(localName(kind, name), tools.folder, 'DATA_DIR').problem();
    return problem ? errorMessage(`MODEL.${problem.kind}`, language) : this.texts.ready;
  }

  private async add(name: string): Promise<void> {
    const { tools, language, out, signal } = this.setting;
    const wanted = wantedModel(name);
    const { repository, exportOf } = wanted;
    if (exportOf) this.say(filled(this.texts.fromExport, { name: exportOf, repository }));
    const line = new ProgressLine(out, language, tools.hub.host);
    const model = await downloadModel(wanted, tools, signal, (progress) => {
      line.show(progress);
    }).finally(() => {
      line.end();
    });
    const text = model.wasHere ? this.texts.wasHere : this.texts.added;
    this.say(filled(text, { name: model.name, size: this.size(model.bytes) }));
    const { licence = null } = model;
    if (licence !== null) {
      const page = tools.hub.pageOf(repository);
      this.say(filled(this.texts.licence, { licence, page }));
    }
    const offered = this.isOffered(model) ? this.texts.offered : this.texts.leftOut;
    this.say(filled(offered, { id: model.id }));
    if (!hasLocalPackages()) this.sayPackages();
  }

  private async remove(name: string): Promise<void> {
    const { folder } = this.setting.tools;
    const arrived = await partialBytes(folder, wantedModel(name).repository);
    // It may be arriving still, whoever downloads it.
    const endTurn = arrived > 0 ? takeTurn(folder) : undefined;
    try {
      await removeModel(folder, name);
    } finally {
      endTurn?.();
    }
    this.say(filled(this.texts.removed, { name }));
  }

  /** What was found is offered unless an operator has named models, and not this one. */
  private isOffered(model: Pick<ShelvedModel, 'kind' | 'name'>): boolean {
    const { named } = new ConfiguredModels(this.setting.env);
    return named.length === 0 || named.some(({ id }) => idsOf(model).includes(id));
  }

  private sayPackages(): void {
    this.say(filled(this.texts.packages, { command: INSTALL_COMMAND }));
  }

  private say(...lines: string[]): void {
    this.setting.out.write(`${lines.join('\n')}\n`);
  }

  private size(bytes: number): string {
    return sizeText(bytes, this.setting.language);
  }
}
