import { fold, stemEnglish, stemPortuguese } from '#db';

/**
 * Words by which a question says what kind of answer it wants, rather than what it is about: a
 * passage need not hold `demora` to say how long something takes.
 */
const WORDS = `
tempo demora demorar dura durar duração frequência vezes vez fica ficar feito feita fazer faz pode
posso poder preciso precisa custa custo custar preço valor prazo data dia hora horário ano mês
semana partir tamanho nome número quantidade total máximo mínimo limite acontece significa existe
usa usar recebe receber ganho ganhar tenho ter dar deve devo ser paga pagar
many often long far time day date cost price take get need must happen have name number kind type
use make hour year month week amount
`;

/** By their stems. */
export const FRAME_STEMS: ReadonlySet<string> = new Set(
  fold(WORDS)
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => [stemPortuguese(word), stemEnglish(word)]),
);
