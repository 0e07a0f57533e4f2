import type { Language } from '../language.rules.js';

/**
 * Why an address was not fetched. `address` (not one of the web's), `private` (inside a network),
 * `redirects` (too many), `size`, `time`, `type` (a kind of content nobody asked for), `status`
 * (answered, but not with content), `unreachable` (name, connection, TLS, broken content).
 */
export type FetchProblem =
  'address' | 'private' | 'redirects' | 'size' | 'time' | 'type' | 'status' | 'unreachable';

/** Words for each, as part of a sentence: what `{why}` of an error says. */
export const FETCH_PROBLEMS: Record<Language, Record<FetchProblem, string>> = {
  en: {
    address: 'it is no address of a page on the web',
    private: 'it leads into a private network',
    redirects: 'it leads from one address to the next too often',
    size: 'the page is larger than 10 MB',
    time: 'the site took too long to answer',
    type: 'what is there is no text that Prosa can read',
    status: 'the site answered with an error',
    unreachable: 'the site cannot be reached',
  },
  'pt-BR': {
    address: 'não é um endereço de página da web',
    private: 'leva a uma rede privada',
    redirects: 'leva de um endereço a outro vezes demais',
    size: 'a página tem mais de 10 MB',
    time: 'o site demorou demais para responder',
    type: 'o que está lá não é um texto que o Prosa consiga ler',
    status: 'o site respondeu com um erro',
    unreachable: 'não foi possível chegar ao site',
  },
};
