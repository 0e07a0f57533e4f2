import { Usage } from '#db';
import type { OpenAiBehaviour, OpenAiRequest } from '../fakes/openai-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';

/** The model that writes titles in these tests. */
export const TITLER = 'openai/fake-title';

/** More of an answer than is heard before its title is asked for. */
export const LONG_ANSWER: readonly string[] = Array.from({ length: 60 }, () => 'palavra ');

/** How the two models behave. */
export interface TwoModels {
  readonly answer?: OpenAiBehaviour;
  readonly title?: OpenAiBehaviour;
}

/** The whole server with a model that answers and another that writes titles. */
export interface TitledApp extends AnsweringApp {
  play(behaviour: TwoModels): void;
  /** What the title model was sent since the last `play`. */
  titleRequests(): OpenAiRequest[];
  titleOf(conversation: number): Promise<unknown>;
  /** The ledger's rows of a post: purpose, outcome and model. */
  rowsOf(postId: number): Promise<Usage[]>;
}

export const titledSettings = {
  LLM_MODELS: `${MODEL},${TITLER},quotes`,
  TITLE_MODEL: TITLER,
  // As long as a busy machine takes for it.
  TITLE_WAIT_MS: '60000',
};

const isForTitle = ({ model }: OpenAiRequest) => model === 'fake-title';

export async function startTitledApp(settings: Record<string, string> = {}): Promise<TitledApp> {
  const app = await startAnsweringApp('sqlite', { ...titledSettings, ...settings });
  let before = 0;
  return {
    ...app,
    play({ answer = {}, title = {} }) {
      before = app.provider.requests.length;
      app.provider.script((request) => (isForTitle(request) ? title : answer));
    },
    titleRequests: () => app.provider.requests.slice(before).filter(isForTitle),
    async titleOf(conversation) {
      return (await app.client.get(`/api/conversations/${String(conversation)}`)).body['title'];
    },
    rowsOf: (postId) =>
      app.dataSource.getRepository(Usage).find({ where: { postId }, order: { id: 'ASC' } }),
  };
}
