import type { Provider } from '../llm/chat-model.js';
import type { RouteChoice } from './answer-event.js';

/** A person's own choice first; `quotes` can only quote; everything else is answered directly. */
export function routeOf(provider: Provider, knowledge: boolean): RouteChoice {
  if (knowledge) {
    return { route: 'knowledge', reason: 'asked' };
  }
  return provider === 'quotes'
    ? { route: 'knowledge', reason: 'no-model' }
    : { route: 'direct', reason: 'default' };
}
