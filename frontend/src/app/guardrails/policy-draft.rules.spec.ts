import { changedFiles, parsePolicyDraft, withDraft } from './policy-draft.rules';

const config = { path: 'config.yml', text: 'version: 1\n' };
const terms = { path: 'rails/blocked_terms.yml', text: 'lists: {}\n' };

describe(parsePolicyDraft.name, () => {
  it('should read what was kept', () => {
    const draft = { files: [config], note: 'mais branda' };
    expect(parsePolicyDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([null, '', '{', 'null', '{"files":[{"path":1,"text":""}],"note":""}', '{"note":"a"}'])(
    'should take %j for no draft',
    (stored) => {
      expect(parsePolicyDraft(stored)).toBeNull();
    },
  );
});

describe(withDraft.name, () => {
  it('should put what was written in the place of what is stored, and bring no file along', () => {
    const written = { ...terms, text: 'lists: {a: [b]}\n' };
    const gone = { path: 'rails/gone.yml', text: '' };
    expect(withDraft([config, terms], [written, gone])).toEqual([config, written]);
  });
});

describe(changedFiles.name, () => {
  it('should name the files that differ', () => {
    const written = { ...terms, text: '' };
    expect(changedFiles([config, terms], [config, written])).toEqual([written]);
    expect(changedFiles([config, terms], [config, terms])).toEqual([]);
  });
});
