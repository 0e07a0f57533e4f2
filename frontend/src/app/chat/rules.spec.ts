import { partOfDay } from './greeting.rules';
import { modelName } from './model-name.rules';
import { stateOf } from './post-state.rules';
import { backOff } from './reconnect.rules';
import { justAsked, type ThreadPost } from './thread-post';
import { besidePost, conversationIdOf, firstWords, nameSibling, withPost } from './thread.rules';

const post = (id: number): ThreadPost => ({
  ...justAsked(
    `p${id}`,
    `Pergunta ${id}`,
    { conversationId: 1, parentId: null, siblings: { ids: [id], index: 0 }, model: null },
    new Date(0),
  ),
  id,
});

describe('thread rules', () => {
  it('should change one post and leave the list alone when nothing changes', () => {
    const posts = [post(1), post(2)];
    expect(withPost(posts, 'p2', (one) => ({ ...one, body: 'x' }))[1]?.body).toBe('x');
    expect(withPost(posts, 'p2', (one) => one)).toBe(posts);
    expect(withPost(posts, 'nope', (one) => ({ ...one }))).toBe(posts);
  });

  it('should count an edited prompt as one more version of its post', () => {
    const place = besidePost({ ...post(7), parentId: 5 });
    expect(place).toEqual({ parentId: 5, siblings: { ids: [7, 0], index: 1 } });
    expect(nameSibling({ ...post(9), siblings: place.siblings }).siblings.ids).toEqual([7, 9]);
  });

  it('should call a conversation by the first words of its prompt', () => {
    expect(firstWords('\n--\n  Oi,  tudo bem? \nmais')).toBe('Oi, tudo bem?');
    const cut = firstWords('palavra '.repeat(20));
    expect(cut).toMatch(/^(palavra )+palavra…$/);
    expect(cut.length).toBeLessThanOrEqual(61);
    expect(firstWords('x'.repeat(100))).toBe(`${'x'.repeat(60)}…`);
  });
});

describe(conversationIdOf.name, () => {
  it('should read a number, and take anything else for a conversation nobody has', () => {
    expect(conversationIdOf('12')).toBe(12);
    expect(['abc', '1e3', '-1', ' 2', ''].map(conversationIdOf)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe(stateOf.name, () => {
  it('should say nothing of an answer that is well', () => {
    expect(stateOf('done', true, null)).toBeNull();
    expect(stateOf('answering', false, null)).toBeNull();
  });

  it('should offer to go on only where there is text to go on from', () => {
    expect(stateOf('stopped', true, null)?.acts).toContain('continue');
    expect(stateOf('interrupted', false, null)?.acts).toEqual(['again']);
  });

  it('should say once that an answer was interrupted, and why only where that says more', () => {
    expect(stateOf('interrupted', true, 'RUN.INTERRUPTED')).toMatchObject({
      key: 'chat.interrupted',
      saysAll: true,
    });
    expect(stateOf('interrupted', false, 'RUN.INTERRUPTED')?.key).toBe('chat.interruptedEarly');
    expect(stateOf('interrupted', true, 'MODEL.TIMEOUT')?.saysAll).toBe(false);
  });

  it('should send an administrator to the connection when the model’s key is refused', () => {
    expect(stateOf('failed', false, 'MODEL.UNAUTHORIZED')?.acts).toContain('connect');
    expect(stateOf('failed', false, 'MODEL.NOT_INSTALLED')?.acts).toContain('connect');
    expect(stateOf('failed', false, 'MODEL.FILE_INVALID')?.acts).toContain('connect');
    expect(stateOf('failed', false, 'MODEL.TIMEOUT')?.acts).toContain('again');
    expect(stateOf('blocked', false, null)?.acts).toEqual(['edit']);
  });

  it('should not offer to try again what no time mends: a budget, and a price nobody knows', () => {
    const warned = { key: 'chat.failedAnswer', tone: 'warn' };
    const ofTokens = stateOf('failed', false, 'LIMIT.TOKENS');
    expect(ofTokens).toMatchObject({ ...warned, acts: ['again', 'edit'] });
    const unpriced = stateOf('failed', false, 'LIMIT.UNPRICED');
    expect(unpriced).toMatchObject({ ...warned, acts: ['edit'] });
  });
});

describe(backOff.name, () => {
  it('should double up to fifteen seconds, half of it by chance', () => {
    expect(backOff(0, 1)).toBe(500);
    expect(backOff(0, 0)).toBe(250);
    expect(backOff(3, 1)).toBe(4000);
    expect(backOff(99, 1)).toBe(15_000);
  });
});

describe(modelName.name, () => {
  it('should leave out provider and vendor', () => {
    expect(modelName('openai/gpt-4o-mini')).toBe('gpt-4o-mini');
    expect(modelName('bedrock/mistral.mistral-large-2402-v1:0')).toBe('mistral-large-2402-v1:0');
    expect(modelName('bedrock/us.anthropic.claude-x-v1:0')).toBe('claude-x-v1:0');
    expect(modelName('bedrock/global.amazon.nova-2-lite-v1:0')).toBe('nova-2-lite-v1:0');
    expect(modelName('bedrock/apac.amazon.nova-pro-v1:0')).toBe('nova-pro-v1:0');
    const arn = 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile';
    expect(modelName(`bedrock/${arn}/eu.meta.llama3-2-1b-v1:0`)).toBe('llama3-2-1b-v1:0');
    expect(modelName('openai/org/model.v2')).toBe('org/model.v2');
    expect(modelName('quotes')).toBeNull();
  });
});

describe(partOfDay.name, () => {
  it('should greet by the clock', () => {
    expect([4, 5, 11, 12, 17, 18, 23].map(partOfDay)).toEqual([
      'evening',
      'morning',
      'morning',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
    ]);
  });
});
