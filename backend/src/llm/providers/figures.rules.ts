import { fold } from '#db';

const ASKS =
  /\b(?:quant[oa]s?|quando|que horas?|when|how (?:many|much|long|often|far|old|big|large|tall))\b/;

const WORDS = `
um uma dois duas tres quatro cinco seis sete oito nove dez doze quinze vinte trinta metade dobro
nunca sempre cada gratis sem
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
segunda terca quarta quinta sexta sabado domingo
one two three four five six seven eight nine ten twelve fifteen twenty thirty half double
never always each every free without
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
`;

const FIGURE = new RegExp(`\\d|\\b(?:${WORDS.trim().split(/\s+/).join('|')})s?\\b`);

/** Whether a question wants an amount or a time: `Quanto custa…`, `How long…`. */
export const asksFigure = (question: string): boolean => ASKS.test(fold(question));

/** Whether a text states an amount or a time, in digits or in words. */
export const statesFigure = (text: string): boolean => FIGURE.test(fold(text));
