import { folded, languageOf, stemsOf, VOCABULARIES, withoutStopWords } from './vocabulary.rules.js';

describe(languageOf.name, () => {
  it.each([
    ['como conecto o bedrock', 'en', 'pt-BR'],
    ['how do I connect Bedrock', 'pt-BR', 'en'],
    ['configuração', 'en', 'pt-BR'],
    ['bedrock', 'pt-BR', 'pt-BR'],
    ['bedrock', 'pt', 'pt-BR'],
    ['bedrock', 'en-GB', 'en'],
    ['bedrock', 'fr', 'en'],
  ])('should take %j asked in %s for %s', (question, locale, language) => {
    expect(languageOf(question, locale)).toBe(language);
  });
});

describe(folded.name, () => {
  it('should drop accents and capitals', () => {
    expect(folded('Conexão ÀS')).toBe('conexao as');
  });
});

describe(stemsOf.name, () => {
  const portuguese = VOCABULARIES['pt-BR'];
  const english = VOCABULARIES.en;

  it('should drop words that say nothing about the subject', () => {
    expect(stemsOf('Olá, como é que eu faço para conectar o Bedrock?', portuguese)).toEqual([
      'conect',
      'bedrock',
    ]);
    expect(stemsOf('Hi, how do I connect it to Bedrock, please?', english)).toEqual([
      'connect',
      'bedrock',
    ]);
  });

  it('should know a variable by its name and by its parts', () => {
    expect(stemsOf('LLM_MODELS', english)).toEqual(['llm_model', 'llm', 'model']);
  });

  it('should know a model without its number, and keep an address whole', () => {
    expect(stemsOf('llama3 127.0.0.1', english)).toEqual(['llama3', 'llama', '127.0.0.1']);
  });

  it('should take the name of an error apart, and no other name', () => {
    expect(stemsOf('AccessDeniedException WhatsApp', english)).toEqual([
      'access',
      'deni',
      'except',
      'whatsapp',
    ]);
  });

  it.each([
    ['log in', 'login'],
    ['signing in', 'login'],
    ['backing up', 'backup'],
    ["I can't log out", 'logout'],
  ])('should take %j as one word', (phrase, word) => {
    expect(stemsOf(phrase, english)).toEqual([word]);
  });
});

describe(withoutStopWords.name, () => {
  it('should leave what the question is about', () => {
    const left = withoutStopWords("What's the SSE stream, in LLM_MODELS?", VOCABULARIES.en);
    expect(left.replace(/\s+/g, ' ').trim()).toBe('SSE stream, LLM_MODELS?');
  });
});
