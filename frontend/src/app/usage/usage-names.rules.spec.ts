import { doorKey, modelNames, purposeKey } from './usage-names.rules';

describe(modelNames.name, () => {
  it('should be short where that is enough, whole where two would be called the same', () => {
    const ids = ['openai/gpt-4o', 'azure/gpt-4o', 'openai/gpt-4o-mini', 'quotes'];
    expect([...modelNames(ids, 'Citações')]).toEqual([
      ['openai/gpt-4o', 'openai/gpt-4o'],
      ['azure/gpt-4o', 'azure/gpt-4o'],
      ['openai/gpt-4o-mini', 'gpt-4o-mini'],
      ['quotes', 'Citações'],
    ]);
  });
});

describe('names of purposes and doors', () => {
  it('should be left to the server where these screens are older than it', () => {
    expect(purposeKey('title')).toBe('usage.purpose-title');
    expect(purposeKey('dream')).toBeNull();
    expect(doorKey('simple')).toBe('usage.door-simple');
    expect(doorKey('window')).toBeNull();
  });
});
