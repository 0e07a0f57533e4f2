import type { Provider } from '../llm/chat-model.js';
import type { Route } from './answer-event.js';

/** Where an answer looks first, and why. */
export interface RouteChoice {
  readonly route: Route;
  readonly reason: 'asked' | 'no-model' | 'default';
}

/** A person's own choice first; `quotes` can only quote; everything else is answered directly. */
export function routeOf(provider: Provider, knowledge: boolean): RouteChoice {
  if (knowledge) {
    return { route: 'knowledge', reason: 'asked' };
  }
  return provider === 'quotes'
    ? { route: 'knowledge', reason: 'no-model' }
    : { route: 'direct', reason: 'default' };
}
