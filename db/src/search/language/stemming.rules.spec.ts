import { stemEnglish, stemPortuguese } from './stemming.rules.js';

describe(stemPortuguese.name, () => {
  it.each([
    ['conectar conecto conecta conectado conectando conectei conectamos'],
    ['apagar apago apagada apaguei apagou apagaram'],
    ['configuracao configuracoes configurar configuro'],
    ['senha senhas'],
    ['porta portas'],
    ['excluir excluo excluida excluido'],
    ['pouco poucos pouquinho pouquinhos'],
    ['troco troque trocar trocando'],
  ])('should give one stem to %s', (words) => {
    expect(new Set(words.split(' ').map(stemPortuguese)).size).toBe(1);
  });

  it.each([['porta'], ['chave'], ['senha'], ['conversa']])('should keep %s apart', (word) => {
    const others = ['porta', 'chave', 'senha', 'conversa'].filter((each) => each !== word);
    expect(others.map(stemPortuguese)).not.toContain(stemPortuguese(word));
  });

  it.each([['ip'], ['gpt4'], ['401']])('should leave %s alone', (word) => {
    expect(stemPortuguese(word)).toBe(word);
  });
});

describe(stemEnglish.name, () => {
  it.each([
    ['connect connects connected connecting connection connections'],
    ['delete deleted deleting deletion'],
    ['stop stops stopped stopping'],
    ['retry retries retried'],
    ['password passwords'],
    ['install installs installing installation'],
    ['configure configuring configuration'],
  ])('should give one stem to %s', (words) => {
    expect(new Set(words.split(' ').map(stemEnglish)).size).toBe(1);
  });

  it.each([['access'], ['status'], ['aws']])(
    'should not take the end of %s for a plural',
    (word) => {
      expect(stemEnglish(word)).toBe(word);
    },
  );
});
