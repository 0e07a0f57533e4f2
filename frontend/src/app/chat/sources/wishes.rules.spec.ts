import {
  accepted,
  handOver,
  NO_WISHES,
  parseDraft,
  refused,
  wishFields,
  withWishes,
} from '../draft.rules';
import { choiceKey, withCollection } from './wishes.rules';

describe('where an answer is to look', () => {
  it.each([
    [null, null, 'auto'],
    [true, null, 'web'],
    [null, true, 'knowledge'],
    [true, true, 'both'],
    [false, false, 'none'],
    [true, false, 'only-web'],
    [false, true, 'only-knowledge'],
    [false, null, 'no-web'],
    [null, false, 'no-knowledge'],
  ])('should be said in a word for web %s and knowledge %s', (web, knowledge, word) => {
    expect(choiceKey({ web, knowledge, collectionIds: null })).toBe(`sources.choice-${word}`);
  });

  it('should look in the collections that were named, and in all where none is left', () => {
    const one = withCollection(NO_WISHES, 5, true);
    expect(one).toEqual({ web: null, knowledge: true, collectionIds: [5] });
    expect(withCollection(one, 6, true).collectionIds).toEqual([5, 6]);
    expect(withCollection(one, 5, false).collectionIds).toBeNull();
  });

  it('should stay with the draft through reload, sending and refusal, and be left out where there is none', () => {
    const wishes = { web: false, knowledge: true, collectionIds: [5] };
    const draft = withWishes({ text: 'Oi' }, wishes);
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
    const sent = handOver(draft, 'Oi', () => 'k');
    expect(accepted(sent)).toEqual({ text: '', wishes });
    expect(refused(sent, true).wishes).toEqual(wishes);
    expect(withWishes(draft, NO_WISHES)).toEqual({ text: 'Oi' });
    expect(parseDraft('{"text":"Oi","wishes":{"web":"yes","collectionIds":["x"]}}')).toEqual({
      text: 'Oi',
    });
  });

  it('should make another question of the same prompt: its key stands for the one before', () => {
    const back = refused(
      handOver({ text: '' }, 'Oi', () => 'k1'),
      true,
    );
    const changed = withWishes(back, { ...NO_WISHES, web: true });
    expect(handOver(changed, 'Oi', () => 'k2').sent.key).toBe('k2');
  });

  it('should be asked for only where it was chosen', () => {
    expect(wishFields()).toEqual({});
    expect(wishFields({ web: false, knowledge: null, collectionIds: [5] })).toEqual({
      web: false,
      collectionIds: [5],
    });
    expect(wishFields({ web: null, knowledge: false, collectionIds: [5] })).toEqual({
      knowledge: false,
    });
  });
});
