/**
 * Words that say nothing about what a text is about, folded (no accents, lower case): grammar and
 * the verbs of asking. Kept as text, a line a kind, because they are read and corrected by people.
 */
const PORTUGUESE = `
a o as os um uma uns umas ao aos do da dos das de no na nos nas num numa em por pelo pela pelos pelas
para pra pro pras pros com sem sob sobre entre ate desde apos ante contra durante perante
e ou mas nem que se porque pois porem entao logo portanto embora enquanto quando como onde quanto
quanta quantos quantas qual quais quem cujo cuja por que pq oq q
eu tu ele ela eles elas nos vos voce voces vc vcs a gente me te lhe lhes mim ti si comigo
meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos nossas dele dela deles delas
este esta estes estas esse essa esses essas isto isso aquilo aquele aquela aqueles aquelas
neste nesta nesse nessa disso disto nisso desse dessa deste desta
algum alguma alguns algumas nenhum nenhuma todo toda todos todas tudo nada outro outra outros outras
ser e sao era eram foi foram fui sera seria sou somos estar esta estao estava estou to ta tava estive
ter tem tenho temos tinha tive teve teria haver ha havia houve ir vai vao vou ia iria
ver vejo vendo vi viu vemos digito digita ficar fica ficam fico ficou haja seja sejam fosse for forem sendo sido
saber sei sabe sabem acho achar parece dizer diz digo fala falar falo explica explicar explique
explicam significa significar significam contar diga mostra mostre
serve servir existe existem possivel colocar coloco coloca por ponho botar boto deixar deixo deixa
nao sim ja ainda tambem so somente apenas muito muita muitos muitas mais menos bem mal melhor pior bom boa
aqui ai ali la ca agora hoje sempre nunca assim tao alem vez vezes jeito maneira forma modo coisa coisas
alguem ninguem algo alguma
mesmo mesma mesmos mesmas tal tais cada qualquer quaisquer ambos
fazer faco faz fazem fiz feito faria fazendo dar da deu daria poder posso pode podem podemos poderia consigo
consegue conseguir consegui conseguimos querer quero quer queremos queria gostaria gostaramos gostariamos
preciso precisa precisamos precisar devo deve devemos dever deveria
oi ola obrigado obrigada por favor pf pfv
`;

const ENGLISH = `
a an the of in on at to from by for with without into onto over under about above below between
through during before after against within up down out off again further
and or but nor so yet if then else because as until while when where why how what which who whom whose
i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs
this that these those there here
am is are was were be been being do does did doing done have has had having
can could may might must shall should will would cannot cant dont doesnt didnt isnt arent wont im ive
id youre its thats whats theres hows
not no yes just only also too very much many more most less least few some any each every all both other
another such same own than once ever never always still already now today anyway
get gets getting got make makes making made let lets want wants need needs needed
know tell say says said show see would please thanks thank hi hello hey explain everything
`;

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Words that Portuguese texts and questions are searched without. */
export const PORTUGUESE_STOP_WORDS = words(PORTUGUESE);

/** Words that English texts and questions are searched without. */
export const ENGLISH_STOP_WORDS = words(ENGLISH);
