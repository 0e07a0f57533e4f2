import {
  NO_DRAFT,
  accepted,
  editedBack,
  handOver,
  handOverEdited,
  parseDraft,
  refused,
  textOf,
} from './draft.rules';

const key = () => 'new-key';

describe('drafts', () => {
  it('should hand the same prompt over with the same key, another with a new one', () => {
    const first = handOver(NO_DRAFT, 'Oi', () => 'k1');
    const back = refused(first, true);
    expect(handOver(back, 'Oi', key).sent.key).toBe('k1');
    expect(handOver(back, 'Oi!', key).sent.key).toBe('new-key');
    expect(handOver(refused(first, false), 'Oi', key).sent.key).toBe('new-key');
  });

  it('should show a prompt whose fate nobody learned, above what was typed since', () => {
    const sent = handOver(NO_DRAFT, 'Oi', key);
    expect(textOf(sent)).toBe('Oi');
    expect(textOf({ ...sent, text: 'e mais' })).toBe('Oi\n\ne mais');
  });

  it('should not bring back a refused prompt that the person has deleted', () => {
    const back = refused(handOver(NO_DRAFT, 'Oi', key), true);
    expect(textOf({ ...back, text: 'outra' })).toBe('outra');
  });

  it('should keep an edited prompt and what stands in the box, until the server has it', () => {
    const sent = handOverEdited({ text: 'rascunho' }, 'editada', 'k');
    expect(textOf(sent)).toBe('editada\n\nrascunho');
    expect(accepted(sent)).toEqual({ text: 'rascunho' });
    expect(editedBack(sent)).toEqual({ text: 'editada\n\nrascunho' });
  });

  it('should keep only what was typed since, once the server has the prompt', () => {
    const sent = { ...handOver(NO_DRAFT, 'Oi', key), text: 'próxima' };
    expect(accepted(sent)).toEqual({ text: 'próxima' });
  });

  it.each([null, '', '{', 'null', '[]', '{"text":1}'])('should read %s as no draft', (stored) => {
    expect(parseDraft(stored)).toEqual(NO_DRAFT);
  });

  it('should read back what was written', () => {
    const draft = { text: 'a', sent: { prompt: 'b', key: 'c' }, pending: true };
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
  });
});
