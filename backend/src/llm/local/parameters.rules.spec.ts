import { parametersOf, withSettings } from './parameters.rules.js';

describe(parametersOf.name, () => {
  it('should read the workshop’s variables', () => {
    const settings = { MAX_NEW_TOKENS: '128', TEMPERATURE: '0', TOP_P: '1' };
    expect(parametersOf(settings)).toEqual({
      maxTokens: 128,
      sampling: { temperature: 0, topP: 1 },
      stop: [],
    });
  });

  it('should have the workshop’s values where nothing is set', () => {
    expect(parametersOf({})).toEqual({
      maxTokens: undefined,
      sampling: { temperature: 0.7, topP: 0.9 },
      stop: [],
    });
  });

  it.each([
    ['TEMPERATURE', '2.1', '0…2'],
    ['TEMPERATURE', 'NaN', '0…2'],
    ['TEMPERATURE', '0x1', '0…2'],
    ['TEMPERATURE', '0,7', '0…2'],
    ['TOP_P', '-0.1', '0.01…1'],
    ['MAX_NEW_TOKENS', '0', '1…131072'],
    ['MAX_NEW_TOKENS', 'Infinity', '1…131072'],
  ])('should name %s where it is %s', (name, value, range) => {
    expect(parametersOf({ [name]: value })).toEqual({
      kind: 'SETTING_INVALID',
      where: `${name}: ${range}`,
    });
  });
});

describe(withSettings.name, () => {
  it('should let what was said of one model count first', () => {
    const all = parametersOf({ TOP_P: '0.5', MAX_NEW_TOKENS: '100' });
    const said = { parameters: { temperature: 0, stop: ['###'] }, maxOutputTokens: 7 };
    expect(withSettings(all, said)).toEqual({
      maxTokens: 7,
      sampling: { temperature: 0, topP: 0.5 },
      stop: ['###'],
    });
    expect(withSettings(all, { parameters: {} })).toEqual(all);
  });
});
