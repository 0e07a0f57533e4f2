import { ENGLISH_STOP_WORDS as ENGLISH_GRAMMAR, PORTUGUESE_STOP_WORDS as GRAMMAR } from '#db';

/**
 * Words that say nothing about what a question about Prosa is about, folded, beyond those that say
 * nothing anywhere: courtesy, people's names, and verbs that any question about software may hold.
 */
const PORTUGUESE = `
proprio propria varios varias certo
tenta tentar tentando tentei
usar uso usa usamos usando utilizar utilizo utiliza utilizando funciona funcionar funcionam
tipo caso bastante importante importantes sozinho sozinha junto juntos juntas gasta gastam quase antes depois diferente diferentes dentro fora cima baixo frente atras
dia tarde noite valeu gentileza ajuda ajudar
duvida ferramenta
suporta suportam suportado aceita aceitam permite
chamar chamo chama chamando
joao maria jose ana pedro paulo carlos lucas julia
`;

const ENGLISH = `
go goes going put puts
look like help
use uses used using work works working way ways thing things kind something anything someone anyone
everyone able possible good best better well bad ones lot lots really actually
support supports supported supporting
call calls called calling
exist exists existing available
sarah john mary bob alice peter anna james david
different mean means meaning important somewhere elsewhere together keep keeps pick picks gracefully graceful find last month week year day time tool app application
`;

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Words dropped from Portuguese questions and passages. */
export const PORTUGUESE_STOP_WORDS: ReadonlySet<string> = new Set([
  ...GRAMMAR,
  ...words(PORTUGUESE),
]);

/** Words dropped from English questions and passages. */
export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set([
  ...ENGLISH_GRAMMAR,
  ...words(ENGLISH),
]);
