import type { ChatMessage } from './chat-model.js';
import { alternating, beginningWithUser, systemAsUser } from './turns.rules.js';

const user = (text: string): ChatMessage => ({ role: 'user', text });
const assistant = (text: string): ChatMessage => ({ role: 'assistant', text });
const system = (text: string): ChatMessage => ({ role: 'system', text });

describe(alternating.name, () => {
  it('should join neighbours of one role', () => {
    expect(alternating([user('a'), user('b'), assistant('c'), user('d')])).toEqual([
      user('a\n\nb'),
      assistant('c'),
      user('d'),
    ]);
  });

  it('should leave out blank messages and join what they held apart', () => {
    expect(alternating([user('a'), assistant(' \n'), user('b')])).toEqual([user('a\n\nb')]);
  });

  it('should put the system first, in one message', () => {
    expect(alternating([system('a'), user('b'), system('c')])).toEqual([
      system('a\n\nc'),
      user('b'),
    ]);
  });

  it('should not change what it was given', () => {
    const given = [user('a'), user('b')];
    alternating(given);
    expect(given).toEqual([user('a'), user('b')]);
  });
});

describe(beginningWithUser.name, () => {
  it('should drop answers before the first question and keep the system', () => {
    expect(beginningWithUser([assistant('x'), system('s'), user('a'), assistant('b')])).toEqual([
      system('s'),
      user('a'),
      assistant('b'),
    ]);
  });
});

describe(systemAsUser.name, () => {
  it('should come out as one question with what the system says first', () => {
    expect(alternating(systemAsUser([system('s'), user('a'), assistant('b')]))).toEqual([
      user('s\n\na'),
      assistant('b'),
    ]);
  });
});
