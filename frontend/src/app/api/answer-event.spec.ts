import { parseAnswerEvent } from './answer-event';

describe(parseAnswerEvent.name, () => {
  it('should read a piece of text', () => {
    expect(parseAnswerEvent('delta', '{"at":3,"text":"olá"}')).toEqual({
      type: 'delta',
      at: 3,
      text: 'olá',
    });
  });

  it.each([
    ['execute', '{"code":"alert(1)"}'],
    ['tool', '{}'],
    ['constructor', '{}'],
    ['__proto__', '{}'],
    [undefined, '{"at":0,"text":"x"}'],
  ])('should drop an event of unknown name %s', (name, data) => {
    expect(parseAnswerEvent(name, data)).toBeNull();
  });

  it.each([
    ['delta', '{"at":"0","text":"x"}'],
    ['delta', '{"at":0}'],
    ['delta', '{"at":0,'],
    ['delta', 'null'],
    ['delta', '"text"'],
    ['sources', '{"sources":"x"}'],
    ['done', '{}'],
  ])('should drop a broken %s: %s', (name, data) => {
    expect(parseAnswerEvent(name, data)).toBeNull();
  });

  it('should keep its own name when the data claims another', () => {
    expect(parseAnswerEvent('title', '{"title":"a","type":"done"}')?.type).toBe('title');
  });
});
