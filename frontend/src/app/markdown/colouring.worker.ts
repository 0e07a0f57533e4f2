import { colouredMarkup } from './highlight';
import type { ColouringOrder, ColouringReply } from './colouring';

addEventListener('message', ({ data }: MessageEvent<ColouringOrder>) => {
  const answer = (markup: string | null): void => {
    postMessage({ id: data.id, markup } satisfies ColouringReply);
  };
  // A grammar that cannot be fetched or that fails leaves the code as it is.
  colouredMarkup(data.language, data.code).then(answer, () => answer(null));
});
