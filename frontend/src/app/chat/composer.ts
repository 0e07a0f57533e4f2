import {
  Component,
  type ElementRef,
  computed,
  effect,
  inject,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { ConversationsApi } from '../api/conversations-api';
import type { Command } from '../api/commands-api';
import type { AskWishes } from '../api/contract';
import { SessionStore } from '../auth/session-store';
import { CommandForm } from '../commands/command-form';
import { CommandMenu } from '../commands/command-menu';
import { CommandValues } from '../commands/command-values';
import { variablesOf } from '../commands/command.rules';
import { FailureTexts } from '../i18n/failure-texts';
import { AddPage } from '../knowledge/add-page';
import { AddText } from '../knowledge/add-text';
import { READABLE } from '../knowledge/document.rules';
import { AskingPause } from '../limits/asking-pause';
import { LeftNotice } from '../limits/left-notice';
import { Icon } from '../ui/icon';
import { Asking } from './asking';
import { AttachmentChips } from './attachments/attachment-chips';
import { Attachments } from './attachments/attachments';
import { ComposerActs } from './composer-acts';
import { ConversationInstructions } from './conversation-instructions';
import { NO_WISHES, textOf, withWishes } from './draft.rules';
import { Drafts } from './drafts';
import { ModelPicker } from './model-picker';
import { ModelsStore } from './models-store';
import { RefusalNote } from './refusal-note';
import { SourceChoice } from './sources/source-choice';
import { ThreadStore } from './thread-store';
import { TypedPrompts } from './typed-prompts';
import { ContextMeter } from './window/context-meter';
import { WindowExceeded } from './window/window-exceeded';
import { WindowStore } from './window/window-store';

/** The longest prompt the server takes, in characters. */
const LONGEST = 200_000;
/** The code of a prompt that the model's window does not hold. */
const WINDOW_EXCEEDED = 'POST.WINDOW_EXCEEDED';

/** Where one writes. What is typed is kept on this device until the server has accepted it. */
@Component({
  selector: 'app-composer',
  imports: [
    AddPage,
    AddText,
    AttachmentChips,
    CommandForm,
    CommandMenu,
    CommandValues,
    ComposerActs,
    ContextMeter,
    ConversationInstructions,
    Icon,
    LeftNotice,
    ModelPicker,
    RefusalNote,
    RouterLink,
    SourceChoice,
    TranslocoPipe,
    WindowExceeded,
  ],
  providers: [Attachments],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  private readonly thread = inject(ThreadStore);
  private readonly typed = inject(TypedPrompts);
  private readonly drafts = inject(Drafts);
  private readonly conversations = inject(ConversationsApi);
  private readonly failures = inject(FailureTexts);
  protected readonly session = inject(SessionStore);
  protected readonly models = inject(ModelsStore);
  protected readonly asking = inject(Asking);
  private readonly pause = inject(AskingPause);
  private readonly window = inject(WindowStore);
  protected readonly attachments = inject(Attachments);
  readonly sent = output();
  /** Words are to be found in the conversation. */
  readonly sought = output();
  protected readonly text = signal('');
  /** Where the answer is to look; kept with the draft. */
  protected readonly wishes = signal<AskWishes>(NO_WISHES);
  protected readonly readable = READABLE;
  /** The model chosen here for a conversation that does not exist yet. */
  protected readonly chosen = signal<string | null>(null);
  protected readonly model = computed(
    () => this.thread.conversation()?.model ?? this.chosen() ?? this.models.preferred()?.id ?? null,
  );
  /** The model to ask for; null leaves the choice where it was made before. */
  private readonly wanted = computed(() => this.chosen() && this.model());
  protected readonly tooLong = computed(() => this.text().length - LONGEST);
  protected readonly maySend = computed(
    () =>
      !this.asking.busy() &&
      !this.attachments.unready() &&
      this.text().trim() !== '' &&
      this.tooLong() <= 0 &&
      !this.window.exceeds(this.text()) &&
      !this.pause.holds({ prompt: this.text(), model: this.wanted() }),
  );
  /** Why a prompt came back, unless the note about the window says it, with what to do. */
  protected readonly refusal = computed(() => {
    const refused = this.asking.refused();
    const isSaid = refused?.code === WINDOW_EXCEEDED && this.window.exceeds(this.text());
    return isSaid ? null : refused;
  });
  protected readonly focused = signal(false);
  /** The command whose values are being asked for. */
  protected readonly valuesOf = signal<Command | null>(null);
  protected readonly dialog = signal<'command' | 'instructions' | 'page' | 'text' | null>(null);
  protected readonly isInstructed = computed(() => !!this.thread.conversation()?.instructions);
  protected readonly isFindable = computed(() => this.thread.state() === 'ready');
  private readonly menu = viewChild.required(CommandMenu);
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  constructor() {
    effect(() => {
      const id = this.thread.conversationId();
      untracked(() => this.openDraft(id));
    });
    effect(() => {
      const refused = this.asking.refused();
      if (refused) untracked(() => this.takeBack());
    });
    effect(() => {
      this.text();
      this.fit();
    });
    effect(() => {
      this.asking.busy();
      untracked(() => this.keepFocus());
    });
  }

  protected type(text: string): void {
    this.setText(text);
  }

  protected heedKey(event: KeyboardEvent): void {
    // While a word is being composed (Japanese, accents), Enter and arrows belong to the composing.
    if (event.isComposing || this.menu().heed(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.sendPrompt();
    } else if (event.key === 'ArrowUp' && this.text() === '') {
      const last = this.thread.lastPost();
      const prompt = last && this.typed.of(last);
      if (!prompt) return;
      event.preventDefault();
      this.setText(prompt);
    } else if (event.key === 'Escape' && this.asking.busy()) {
      this.stop();
    }
  }

  protected sendPrompt(): void {
    if (!this.maySend()) return;
    const prompt = this.text();
    // Only the box is emptied: the draft stays until the server has the prompt.
    this.text.set('');
    this.asking.ask(prompt, this.wanted());
    this.sent.emit();
  }

  /** Sends files along with the conversation, which is made where it does not exist yet. */
  attach(files: readonly File[]): void {
    void this.attachments.add(files, this.chosen());
  }

  protected readonly attachPage = (url: string): Promise<void> =>
    this.attachments.addPage(url, this.chosen());

  protected readonly attachText = (title: string, text: string): Promise<void> =>
    this.attachments.addText(title, text, this.chosen());

  /** The same file may be chosen again: the field forgets it. */
  protected attachFrom(field: HTMLInputElement): void {
    this.attach(Array.from(field.files ?? []));
    field.value = '';
    this.box().nativeElement.focus();
  }

  protected wish(wishes: AskWishes): void {
    this.wishes.set(wishes);
    const id = this.thread.conversationId();
    this.drafts.write(id, withWishes(this.drafts.read(id), wishes));
  }

  /** Calls a command: the rest is typed, or asked for where it has several places to fill. */
  protected useCommand(command: Command): void {
    if (variablesOf(command.text).length > 1) this.valuesOf.set(command);
    else this.write(`/${command.name} `);
  }

  /** Puts a text in the box, to go on from its end. */
  protected write(text: string): void {
    this.valuesOf.set(null);
    this.setText(text);
    // After a menu or dialog has given the focus back to where it was.
    setTimeout(() => {
      const box = this.box().nativeElement;
      box.focus();
      box.setSelectionRange(text.length, text.length);
    });
  }

  protected seek(): void {
    // After the menu has given the focus back to where it was.
    setTimeout(() => this.sought.emit());
  }

  protected stop(): void {
    const post = this.thread.answering();
    if (post) void this.asking.stop(post);
  }

  /** Keeps the model with the conversation, or until there is one. */
  protected async useModel(id: string): Promise<void> {
    this.chosen.set(id);
    const conversation = this.thread.conversation();
    if (!conversation) return;
    try {
      this.thread.describe(await this.conversations.change(conversation.id, { model: id }));
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  /** Sending and stopping are two buttons: the box has the focus of the one that goes. */
  private keepFocus(): void {
    const box = this.box().nativeElement;
    const { activeElement } = box.ownerDocument;
    const isSend = activeElement?.matches('.send') && box.form?.contains(activeElement);
    if (isSend && isWrittenWithKeys()) box.focus();
  }

  private openDraft(conversationId: number | null): void {
    if (conversationId !== null) this.chosen.set(null);
    const draft = this.drafts.read(conversationId);
    this.text.set(this.asking.busy() ? draft.text : textOf(draft));
    this.wishes.set(draft.wishes ?? NO_WISHES);
    if (isWrittenWithKeys()) setTimeout(() => this.box().nativeElement.focus());
  }

  /** A prompt that came back is in the draft again, above what was typed since. */
  private takeBack(): void {
    this.text.set(this.drafts.read(this.thread.conversationId()).text);
  }

  private setText(text: string): void {
    this.text.set(text);
    const id = this.thread.conversationId();
    this.drafts.write(id, { ...this.drafts.read(id), text });
  }

  /** As tall as its text, up to the limit of composer.css. */
  private fit(): void {
    const box = this.box().nativeElement;
    if (box.value !== this.text()) box.value = this.text();
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }
}

/** On a phone the keyboard would cover what one came to read. */
const isWrittenWithKeys = (): boolean => matchMedia('(pointer: fine)').matches;
