import { describe, expect, it } from '@jest/globals';
import { routeOf } from './route.rules.js';

describe(routeOf.name, () => {
  it('should do what the person chose', () => {
    expect(routeOf('openai', true)).toEqual({ route: 'knowledge', reason: 'asked' });
    expect(routeOf('quotes', true)).toEqual({ route: 'knowledge', reason: 'asked' });
  });

  it('should answer directly, unless there is no model to do so', () => {
    expect(routeOf('bedrock', false)).toEqual({ route: 'direct', reason: 'default' });
    expect(routeOf('quotes', false)).toEqual({ route: 'knowledge', reason: 'no-model' });
  });
});
